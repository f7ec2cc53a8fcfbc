BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0005');
CREATE TABLE alert (
	id VARCHAR(40) NOT NULL, 
	client_id VARCHAR(40) NOT NULL, 
	entry_id VARCHAR(40) NOT NULL, 
	domain VARCHAR(200) NOT NULL, 
	priority VARCHAR(200) NOT NULL, 
	at DATETIME NOT NULL, 
	told JSON NOT NULL, 
	sealed BLOB NOT NULL, 
	done_at DATETIME, 
	done_by_id VARCHAR(40), 
	note_sealed BLOB, 
	CONSTRAINT pk_alert PRIMARY KEY (id), 
	CONSTRAINT fk_alert_client_id_person FOREIGN KEY(client_id) REFERENCES person (id), 
	CONSTRAINT fk_alert_done_by_id_person FOREIGN KEY(done_by_id) REFERENCES person (id), 
	CONSTRAINT fk_alert_entry_id_entry FOREIGN KEY(entry_id) REFERENCES entry (id)
);
INSERT INTO "alert" VALUES('d8e07031754bccdfaf339117ff5eab99','3063073fcd1b548a5a694c43e2235b53','560ff7f05796954b26372ba63130844f','individual','high','2026-03-15 00:20:00.000000','["02e910e58efe9292f16e535a0c7746da", "14598cfe6b0c0903e4036c6a7cab57c0", "49c833a8c2e7474ef5f29ce496d0ddb7", "ae4aa583c36b33efefcea5ca5ff66529"]',X'013665333362373431C8D18726ACD4DADBD7F8DE81E531D0EB018661EDFA4FC71472FAA3037CBF483CE2A2FE9CAE90AABC835CD10C30796EF10AAAC7D05D60FC00DECA067C8099350D16CF6A0E6D4A1D26868D7675588260D11C44B7BABE231EF030CD','2026-03-15 00:20:00.000000','49c833a8c2e7474ef5f29ce496d0ddb7',X'013665333362373431DD102EDEB5C1DE0E0FCFAFBD8CD3E977B5ADF9F989BAA7A038CEB491F9DF06E5F888CD2391B75345B4513061A2E9CE7859288F9BE26447');
CREATE TABLE assignment (
	id VARCHAR(40) NOT NULL, 
	client_id VARCHAR(40) NOT NULL, 
	by_id VARCHAR(40) NOT NULL, 
	worksheet_id VARCHAR(200) NOT NULL, 
	domain VARCHAR(200) NOT NULL, 
	note_sealed BLOB NOT NULL, 
	rrule TEXT NOT NULL, 
	due TIME NOT NULL, 
	starts DATE NOT NULL, 
	ends DATE, 
	made_at DATETIME NOT NULL, stopped_at DATETIME, settings_sealed BLOB, 
	CONSTRAINT pk_assignment PRIMARY KEY (id), 
	CONSTRAINT fk_assignment_by_id_person FOREIGN KEY(by_id) REFERENCES person (id), 
	CONSTRAINT fk_assignment_client_id_person FOREIGN KEY(client_id) REFERENCES person (id)
);
INSERT INTO "assignment" VALUES('70b3dca95335efef07ce76745f56d83d','3063073fcd1b548a5a694c43e2235b53','49c833a8c2e7474ef5f29ce496d0ddb7','mood-check','individual',X'013665333362373431FD877719DAE4B7DE1A666350C8A0CB0ECD5452E0E17E22700D4936220365537FFAEC7A2F9FF08D46085192A872BD69E444C4FD3D','FREQ=DAILY','21:00:00.000000','2026-03-13',NULL,'2026-03-14 00:00:00.000000',NULL,NULL);
INSERT INTO "assignment" VALUES('878b32f15ffb5facff4001e16c3e6bda','3063073fcd1b548a5a694c43e2235b53','49c833a8c2e7474ef5f29ce496d0ddb7','mood-check','individual',X'013665333362373431D366605AC7690EDAA4D2E5C0B98B0A1FBEF36010E3326B729A928560C1F2EDF4D5C98BC90D62A6','','21:00:00.000000','2026-03-13',NULL,'2026-03-15 00:37:00.000000','2026-03-15 00:37:00.000000',NULL);
CREATE TABLE audit (
	seq INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	actor_id VARCHAR(40), 
	through VARCHAR(200) NOT NULL, 
	action VARCHAR(200) NOT NULL, 
	client_id VARCHAR(40), 
	thing VARCHAR(200) NOT NULL, 
	thing_id TEXT, 
	key_id VARCHAR(40) NOT NULL, 
	mac VARCHAR(200) NOT NULL, 
	CONSTRAINT pk_audit PRIMARY KEY (seq)
);
INSERT INTO "audit" VALUES(1,'2026-03-14 00:00:00.000000',NULL,'operator','people','3063073fcd1b548a5a694c43e2235b53','person','3063073fcd1b548a5a694c43e2235b53','invented','4038571f0c6203bee74451c2e42609a7429ed1bb7ee40f25a68b3e08cebf822e');
INSERT INTO "audit" VALUES(2,'2026-03-14 00:00:00.000000',NULL,'operator','people','f66dd67b4a9cdf2bcf7698183550d3d6','person','f66dd67b4a9cdf2bcf7698183550d3d6','invented','b0c8fe5e89b8469458886cc76b5f04e9ee7b52369860a22fae8b643aa1a40b04');
INSERT INTO "audit" VALUES(3,'2026-03-14 00:00:00.000000',NULL,'operator','people','c1d8768b5a6b33a1869a25415778e861','person','c1d8768b5a6b33a1869a25415778e861','invented','5d4dc73d64cfe588414e93f19084bfa2d407c040731819fa07be0de8c33bd039');
INSERT INTO "audit" VALUES(4,'2026-03-14 00:00:00.000000',NULL,'operator','people',NULL,'person','49c833a8c2e7474ef5f29ce496d0ddb7','invented','94d07e0b59e3b67cf0f69c96b02761cd6fdafb1f78eb8fdb8fdd03bebd63bfe8');
INSERT INTO "audit" VALUES(5,'2026-03-14 00:00:00.000000',NULL,'operator','people',NULL,'person','ae4aa583c36b33efefcea5ca5ff66529','invented','e4acdd6b61328b8eb3a98c88b872ae66607d7f573058bd79e19124d281580225');
INSERT INTO "audit" VALUES(6,'2026-03-14 00:00:00.000000',NULL,'operator','people',NULL,'person','14598cfe6b0c0903e4036c6a7cab57c0','invented','8a7a522622cffab3fcb4bf2d9b7714c7eb49cc61d75b4b8efb0f3243b058cf03');
INSERT INTO "audit" VALUES(7,'2026-03-14 00:00:00.000000',NULL,'operator','people',NULL,'person','02e910e58efe9292f16e535a0c7746da','invented','eba866fcc89d5f108727177a6991a35b02e82a8214ad88694ffcfb6c564ff7b6');
INSERT INTO "audit" VALUES(8,'2026-03-14 00:00:00.000000',NULL,'operator','people','3063073fcd1b548a5a694c43e2235b53','couple','cec35a2970e88aad105506cf53aa76c2','invented','5a5a56418749adfdb6468e9b31a5de6c1a4c5d9acb8e333016c76f4556f5da8e');
INSERT INTO "audit" VALUES(9,'2026-03-14 00:00:00.000000',NULL,'operator','people','f66dd67b4a9cdf2bcf7698183550d3d6','couple','cec35a2970e88aad105506cf53aa76c2','invented','f4e8b097ac24db63e359f8b58bf2f5a1506140605ca412a5b2263a24ae02c5a6');
INSERT INTO "audit" VALUES(10,'2026-03-14 00:00:00.000000',NULL,'operator','people','3063073fcd1b548a5a694c43e2235b53','care-team','49c833a8c2e7474ef5f29ce496d0ddb7','invented','5acc79519b34ac587de5b778c6a95e6bfea8ba002282fdbfc3e882c5562e9dc8');
INSERT INTO "audit" VALUES(11,'2026-03-14 00:00:00.000000',NULL,'operator','people','3063073fcd1b548a5a694c43e2235b53','care-team','ae4aa583c36b33efefcea5ca5ff66529','invented','1070038ffe9f2b0d836b897c21af34efe3519466f8f3a4a80e7f83f07e7c38a5');
INSERT INTO "audit" VALUES(12,'2026-03-14 00:00:00.000000',NULL,'operator','people','f66dd67b4a9cdf2bcf7698183550d3d6','care-team','ae4aa583c36b33efefcea5ca5ff66529','invented','bdf0b57a7de092643f78194d8990df335eaabf233fcc54d1a83af4b1563a1ae1');
INSERT INTO "audit" VALUES(13,'2026-03-14 00:00:00.000000',NULL,'operator','people','3063073fcd1b548a5a694c43e2235b53','care-team','14598cfe6b0c0903e4036c6a7cab57c0','invented','3979dd1c7ae9ae5b208645eab222d5f6fd2d45372034cf37c36af3009d337e8e');
INSERT INTO "audit" VALUES(14,'2026-03-14 00:00:00.000000','49c833a8c2e7474ef5f29ce496d0ddb7','operator','assign','3063073fcd1b548a5a694c43e2235b53','assignment','70b3dca95335efef07ce76745f56d83d','invented','e842aedf1305669f5ccb4121960c3b37a121c75a76ef2a315a16206dc724b641');
INSERT INTO "audit" VALUES(15,'2026-03-14 00:10:00.000000','3063073fcd1b548a5a694c43e2235b53','operator','submit','3063073fcd1b548a5a694c43e2235b53','entry','c74b29d30283e1157bd2d43ce210a4be','invented','718b3506f7b53c392d11e6ec12d3ce7e4e829f9c79359c32bc9306dca0b12306');
INSERT INTO "audit" VALUES(16,'2026-03-15 00:20:00.000000','3063073fcd1b548a5a694c43e2235b53','operator','submit','3063073fcd1b548a5a694c43e2235b53','entry','560ff7f05796954b26372ba63130844f','invented','fbea25cc268272de9121f20ff365ab8f9151f3d5171c784519f517510ea74368');
INSERT INTO "audit" VALUES(17,'2026-03-15 00:20:00.000000','3063073fcd1b548a5a694c43e2235b53','operator','view','3063073fcd1b548a5a694c43e2235b53','entry','560ff7f05796954b26372ba63130844f','invented','4cfd489f17329d43199e7cd9078964592519fa6543bbb865e9c578631f9dbdc9');
INSERT INTO "audit" VALUES(18,'2026-03-15 00:20:00.000000','3063073fcd1b548a5a694c43e2235b53','operator','correct','3063073fcd1b548a5a694c43e2235b53','entry','560ff7f05796954b26372ba63130844f','invented','55fdaad2907f945a96dd8b948010445f2eb4ca16435d1d5ebbe83d04fd79c8a3');
INSERT INTO "audit" VALUES(19,'2026-03-15 00:20:00.000000','49c833a8c2e7474ef5f29ce496d0ddb7','operator','view','3063073fcd1b548a5a694c43e2235b53','record',NULL,'invented','e157d6565efea4fb13a0db131d0dbcd90bb1799afe8c3d413c61dd5a87c668cc');
INSERT INTO "audit" VALUES(20,'2026-03-15 00:20:00.000000','49c833a8c2e7474ef5f29ce496d0ddb7','operator','acknowledge','3063073fcd1b548a5a694c43e2235b53','alert','d8e07031754bccdfaf339117ff5eab99','invented','a5ac880a26729ccc59427cf4051c18d7b19d3dae4695ca24756f0d1ff33cc272');
INSERT INTO "audit" VALUES(21,'2026-03-15 00:30:00.000000','3063073fcd1b548a5a694c43e2235b53','operator','submit','3063073fcd1b548a5a694c43e2235b53','entry','bdc0b5c9a4a0990d30dfbfa2c2e4bdac','invented','ec3fb8b2ddb6a9e3b07c6b5f602a4bd81378ebb1be5eff51e96bd3182cdf4e3a');
INSERT INTO "audit" VALUES(22,'2026-03-15 00:30:00.000000','3063073fcd1b548a5a694c43e2235b53','operator','save','3063073fcd1b548a5a694c43e2235b53','entry','d25b1b58f4faf60e7fad8b134b78d736','invented','779dfd57d2c50abab4a7b44d179c46585b28eefad73c606c66a84da68d6505f0');
INSERT INTO "audit" VALUES(23,'2026-03-15 00:37:00.000000','49c833a8c2e7474ef5f29ce496d0ddb7','operator','assign','3063073fcd1b548a5a694c43e2235b53','assignment','878b32f15ffb5facff4001e16c3e6bda','invented','129bd8605f3539aaeb075a8bb690919bf00edeea3f067dfbae0db9bc8c75e775');
INSERT INTO "audit" VALUES(24,'2026-03-15 00:37:00.000000','49c833a8c2e7474ef5f29ce496d0ddb7','operator','stop','3063073fcd1b548a5a694c43e2235b53','assignment','878b32f15ffb5facff4001e16c3e6bda','invented','eabc0218d8d42e710dc0d0bc45e64af0614c835d19dad1d0203b8b1d58f0ecf1');
INSERT INTO "audit" VALUES(25,'2026-03-15 00:44:00.000000','f66dd67b4a9cdf2bcf7698183550d3d6','login','people',NULL,'language','f66dd67b4a9cdf2bcf7698183550d3d6','invented','f4967909d5571a95839cc356f5168a20541d538ad758318571b5aa03c1618442');
INSERT INTO "audit" VALUES(26,'2026-03-15 00:51:00.000000',NULL,'operator','people','c1d8768b5a6b33a1869a25415778e861','invitation','c1d8768b5a6b33a1869a25415778e861','invented','bb7bd1ff143ada6600133b1fd61ba10871586523d8ba2e42094b89110da2ecc1');
INSERT INTO "audit" VALUES(27,'2026-03-15 00:51:00.000000','c1d8768b5a6b33a1869a25415778e861','invitation','people','c1d8768b5a6b33a1869a25415778e861','password','c1d8768b5a6b33a1869a25415778e861','invented','2fe19d4a7b26d4c8f1b7a56a931e3dea723b5f0c9a9a21813b683bc7ab7db332');
INSERT INTO "audit" VALUES(28,'2026-03-15 00:51:00.000000','3063073fcd1b548a5a694c43e2235b53','operator','view','3063073fcd1b548a5a694c43e2235b53','record',NULL,'invented','d2477487cf43391dfc91ade1080bcfd98a09a435fa30505ac0ab93656d848475');
CREATE TABLE audit_head (
	id INTEGER NOT NULL, 
	seq BIGINT NOT NULL, 
	mac VARCHAR(200) NOT NULL, 
	CONSTRAINT pk_audit_head PRIMARY KEY (id)
);
INSERT INTO "audit_head" VALUES(1,28,'d2477487cf43391dfc91ade1080bcfd98a09a435fa30505ac0ab93656d848475');
CREATE TABLE care_team (
	id VARCHAR(40) NOT NULL, 
	client_id VARCHAR(40) NOT NULL, 
	clinician_id VARCHAR(40) NOT NULL, 
	domain VARCHAR(200) NOT NULL, 
	since DATE NOT NULL, 
	until DATE, 
	CONSTRAINT pk_care_team PRIMARY KEY (id), 
	CONSTRAINT fk_care_team_client_id_person FOREIGN KEY(client_id) REFERENCES person (id), 
	CONSTRAINT fk_care_team_clinician_id_person FOREIGN KEY(clinician_id) REFERENCES person (id)
);
INSERT INTO "care_team" VALUES('f178d9b83344aa17b3a56f315222ff77','3063073fcd1b548a5a694c43e2235b53','49c833a8c2e7474ef5f29ce496d0ddb7','individual','2026-03-02',NULL);
INSERT INTO "care_team" VALUES('c16b86bb19c30f7301667b8ecfbc244f','3063073fcd1b548a5a694c43e2235b53','ae4aa583c36b33efefcea5ca5ff66529','couples','2026-03-02',NULL);
INSERT INTO "care_team" VALUES('4307601ca506f46f10a441defda57ec1','f66dd67b4a9cdf2bcf7698183550d3d6','ae4aa583c36b33efefcea5ca5ff66529','couples','2026-03-02',NULL);
INSERT INTO "care_team" VALUES('79f77333ff0435ec0652bde8b1df087d','3063073fcd1b548a5a694c43e2235b53','14598cfe6b0c0903e4036c6a7cab57c0','substance-use','2026-03-02',NULL);
CREATE TABLE "conflict" (
	id VARCHAR(40) NOT NULL, 
	entry_id VARCHAR(40) NOT NULL, 
	client_id VARCHAR(40) NOT NULL, 
	base INTEGER NOT NULL, 
	by_id VARCHAR(40) NOT NULL, 
	at DATETIME NOT NULL, 
	sealed BLOB NOT NULL, 
	CONSTRAINT pk_conflict PRIMARY KEY (id), 
	CONSTRAINT fk_conflict_by_id_person FOREIGN KEY(by_id) REFERENCES person (id), 
	CONSTRAINT fk_conflict_client_id_person FOREIGN KEY(client_id) REFERENCES person (id), 
	CONSTRAINT fk_conflict_entry_id_entry FOREIGN KEY(entry_id) REFERENCES entry (id)
);
CREATE TABLE couple (
	id VARCHAR(40) NOT NULL, 
	first_id VARCHAR(40) NOT NULL, 
	second_id VARCHAR(40) NOT NULL, 
	CONSTRAINT pk_couple PRIMARY KEY (id), 
	CONSTRAINT fk_couple_first_id_person FOREIGN KEY(first_id) REFERENCES person (id), 
	CONSTRAINT fk_couple_second_id_person FOREIGN KEY(second_id) REFERENCES person (id)
);
INSERT INTO "couple" VALUES('cec35a2970e88aad105506cf53aa76c2','3063073fcd1b548a5a694c43e2235b53','f66dd67b4a9cdf2bcf7698183550d3d6');
CREATE TABLE entry (
	id VARCHAR(40) NOT NULL, 
	client_id VARCHAR(40) NOT NULL, 
	worksheet_id VARCHAR(200) NOT NULL, 
	version VARCHAR(200) NOT NULL, 
	domain VARCHAR(200) NOT NULL, 
	assignment_id VARCHAR(40), 
	status VARCHAR(200) NOT NULL, 
	about DATE NOT NULL, 
	zone VARCHAR(200) NOT NULL, 
	started_at DATETIME NOT NULL, 
	saved_at DATETIME NOT NULL, 
	submitted_at DATETIME, 
	revision INTEGER NOT NULL, 
	base INTEGER NOT NULL, 
	sealed BLOB NOT NULL, 
	CONSTRAINT pk_entry PRIMARY KEY (id), 
	CONSTRAINT fk_entry_assignment_id_assignment FOREIGN KEY(assignment_id) REFERENCES assignment (id), 
	CONSTRAINT fk_entry_client_id_person FOREIGN KEY(client_id) REFERENCES person (id)
);
INSERT INTO "entry" VALUES('c74b29d30283e1157bd2d43ce210a4be','3063073fcd1b548a5a694c43e2235b53','mood-check','0.9','individual',NULL,'submitted','2026-03-13','America/New_York','2026-03-14 00:10:00.000000','2026-03-14 00:10:00.000000','2026-03-14 00:10:00.000000',1,1,X'01366533336237343172689D41D702CEC2221E453A5C2C96BA1EB1A1D72C05943D2CBF20A4E35E816955F995AB85A423C558121B65BB4622D316F37739AAAF8A33DA65EB3EC098C956AC47C9CBA687DCEF7833A4F76FCA9AF5B31620FE6D9A9E7D28BE4E4B5C1922D47EA240EA2123946C29609EE9EE680763ADFA6BE6E83686FEC0FD7FB2F09D382123EF1D4BD7739AD076130E744E603B63D914491BBB3B432E60B2BA1EB1D4E15C92C4B60FEECB84B2F8576AF53F398F783642B612F2FF325F264BBF8184CBADF710F402B3BEEE53B29BEEA5E9197633D04C345A3CF45EBC3BDD88E300D622D8BB148B26A4A7572FB07204826CC1F811E277725F2592C3AE477C089FA42552977427F1CD882D53701DC21B02CAED4B558C54529D3DAC3BDA041360E60A4F6E2724E3F33F641806CB717676EB6E9EC6A2E369B63C');
INSERT INTO "entry" VALUES('560ff7f05796954b26372ba63130844f','3063073fcd1b548a5a694c43e2235b53','mood-check','1.0','individual',NULL,'submitted','2026-03-14','America/New_York','2026-03-15 00:20:00.000000','2026-03-15 00:20:00.000000','2026-03-15 00:20:00.000000',2,2,X'01366533336237343191491A2CF29D8C33F670B9B1DFA641E0E6E45E3886A6EFFB1520152C6BE4DD174FB863D0BDE55FA34E65CEB979A4A5FB455E8CF1CCEF4922F97EA742040EC90D8AB443FBDA20F28A332EDD97DC8D06DFCBCFFC114DC9FDEA6F016F6704426A98FC9E4FF800B7465AE9CDD96FD35E9A528451DAAB3A224812D2E631302ABE82A5DFF657C2CDCCC7DBA491FF332C122BD6F8C864E05A88274E7DF07DB05959B08057A2AD4ECBB2C39C3EF0C3C898DB04A7D45D512540A45163C6E2C630B5E41101BC05EA4909C8249398C0ED09B4B6D36626737E008450E7183883585673A1F48DA6BAE281CC07766FBDBC1672651D6B9820AE0091C57D1D26BB5C38A48CD2FE6356C2EC375A539F478615DBB8CA2DDE59C1B2A90BC7AA1FA8F42450BAEDB9B4333CCD9442F0668FBFB409F6B1949A3839A2AAA3371418B241914CC5411E0F5B6EDEE9AF1EFDBF3FB497A35CFB2E889BF8EE79850D6706DACCC474BF30E8122D4CAA14B3CE9E');
INSERT INTO "entry" VALUES('bdc0b5c9a4a0990d30dfbfa2c2e4bdac','3063073fcd1b548a5a694c43e2235b53','mood-check','1.0','individual',NULL,'submitted','2026-03-14','America/New_York','2026-03-15 00:30:00.000000','2026-03-15 00:30:00.000000','2026-03-15 00:30:00.000000',1,1,X'0136653333623734315BFDDEAB2092FB2A43C22BDC87E42A8342ADDDA287245A2421DFA703B1A93E813990C71307EADE2B3AAD13C05875C67D34AB800AB02B894CAD12569E3BBA71F9CFD57C7A04C6A274A43B32DA14B17BA4E666DE02795CEA66C2193F9657421F800226D83C553710FBE4A649158E4154ECD54403AFF14E23241AE1A4AC66138CABEC5BA5B439A1BD7A7505914912B1D624DC3336782BB291272D1DC1914E37677F9ABAA0E4B486D05C548619270FA7375A7680C0DF0D35333515265F8E26BF7096A85AABE9973046BF38521A734C0F2BBDA95E219F4D9442FCEE149FE3F724B779AA1EF2822451A54F694FDD39D0331A');
INSERT INTO "entry" VALUES('d25b1b58f4faf60e7fad8b134b78d736','3063073fcd1b548a5a694c43e2235b53','mood-check','1.0','individual','70b3dca95335efef07ce76745f56d83d','draft','2026-03-14','America/New_York','2026-03-15 00:30:00.000000','2026-03-15 00:30:00.000000',NULL,0,1,X'013665333362373431039DFABD2A18FCA4390B60432DF2428B57981B011C6B2182016F37DB8E8A4009BBE1CDC8AD22CB5D150AE633F949EBE1E4772595510AB4C4DD93459A7AB86C802BFA0F1DA8D47F254F4F54DEA25350B104FD48DE883878E0FFC0E0B42D387DE9D2321D56CE9293502FC707DE9730AF9FCBDC348086F47FED5427457476BD50380057665300B75EF9BC441EDC0BD1329D898996D4BF9539AA8434C4B99B755CF74725E5B02C6A2D70995B8B1F8A');
CREATE TABLE envelope (
	person_id VARCHAR(40) NOT NULL, 
	id VARCHAR(40) NOT NULL, 
	master_id VARCHAR(40) NOT NULL, 
	sealed BLOB NOT NULL, 
	CONSTRAINT pk_envelope PRIMARY KEY (person_id, id), 
	CONSTRAINT fk_envelope_person_id_person FOREIGN KEY(person_id) REFERENCES person (id)
);
INSERT INTO "envelope" VALUES('3063073fcd1b548a5a694c43e2235b53','6e33b741','invented',X'01696E76656E746564BB7A50E827F2FA99FFE5D24F73AB0DDE96C61F670F45F6A941906D764F074EB0010D377F0FEB6C26FB9C6026517722DB127577CA498049C69CC734A3C6EFFF158369D17EACB01530DCBE8AE81EE3EFB48ABCAD1AFDDE7F451FCB0C90');
INSERT INTO "envelope" VALUES('f66dd67b4a9cdf2bcf7698183550d3d6','093348e6','invented',X'01696E76656E746564D33DA765B525ACEACBD029C4389233ACB2459B17DA28C205D28A3F55E9C35FB71E82A722016B4BF1E8FAF14E97A7F6A90529E31811E751CB2BBCE159FD691B4652DA45385DA4451C58DCF7BED008F85C52CE4F0ED1D4E6B746B42B4C');
INSERT INTO "envelope" VALUES('c1d8768b5a6b33a1869a25415778e861','19d0bbb1','invented',X'01696E76656E746564EE9E8189A9C751EB43EA2BD35E15B8E1FC8B6373BF7EE795073F9E668E574225819DCAEA5A12557A23CA9561053DAD31F0612A36FF875BCC7394664D565AC524E3C29A0688DD60A726CDD3B9EE1A04514E4EC6CEAF2E5D57B747E46C');
INSERT INTO "envelope" VALUES('49c833a8c2e7474ef5f29ce496d0ddb7','cacefcea','invented',X'01696E76656E74656422C61C92BA52BA48370DF2B529969AD9846292F943DEC44C1F51E31F5A4D784773619AA27E85D817C13AD23F38B14051DCB3DC3D8D6EE554C5FC86AC8C4E9555786645A5CDC37B0999EB34B6E03C029D4F2F8B2C909FDFDC871DD9DB');
INSERT INTO "envelope" VALUES('ae4aa583c36b33efefcea5ca5ff66529','725467e2','invented',X'01696E76656E7465644646D49D569BBD98B0B1C81089DF8871682EEAEDDD365A594EFC74CD8BA8E8B994A76ED6ED41E4DE621B76B218C6D40A6383BFF6332DA2E9A0BCC6EF7F28C4B53BF403D32B0892A6E265EF6200FE5689AA10984548A110231A7447A6');
INSERT INTO "envelope" VALUES('14598cfe6b0c0903e4036c6a7cab57c0','2ae78af4','invented',X'01696E76656E746564BB23733BC4A6D7EE180A046AA1BB3E079BBB4586A0D01CAC235B520D1BED06095A7302A05EA3E700A05BEA85E927FDA8479828C2AFD55EED031FDFF8A12EBD9AD638AE18D084199EFEF5521619C596C1156380508920D31A28D9929D');
INSERT INTO "envelope" VALUES('02e910e58efe9292f16e535a0c7746da','5e1b8256','invented',X'01696E76656E7465642A9F8282821EC9FD4E3E680A70AD71E67A883E68A4CD6C80213B85575E5AD8C8195D1E5007206106DED82B8D654892333754029D753B39C54E2D89F79F7EAE7DD4B001FE1CE1E407895160B6BE84648E35C818709EC814432D9A87B5');
CREATE TABLE identity (
	issuer VARCHAR(200) NOT NULL, 
	subject VARCHAR(200) NOT NULL, 
	made_at DATETIME NOT NULL, 
	person_id VARCHAR(40) NOT NULL, 
	CONSTRAINT pk_identity PRIMARY KEY (issuer, subject), 
	CONSTRAINT fk_identity_person_id_person FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE TABLE invitation (
	hash VARCHAR(200) NOT NULL, 
	made_at DATETIME NOT NULL, 
	until DATETIME NOT NULL, 
	used_at DATETIME, 
	person_id VARCHAR(40) NOT NULL, 
	CONSTRAINT pk_invitation PRIMARY KEY (hash), 
	CONSTRAINT fk_invitation_person_id_person FOREIGN KEY(person_id) REFERENCES person (id)
);
INSERT INTO "invitation" VALUES('34bdf62b419720b803722635b5dbdc08f5b7167841411b3c846e66f020ae4c41','2026-03-15 00:51:00.000000','2026-03-18 00:51:00.000000','2026-03-15 00:51:00.000000','c1d8768b5a6b33a1869a25415778e861');
CREATE TABLE key_check (
	key_id VARCHAR(40) NOT NULL, 
	sealed BLOB NOT NULL, 
	CONSTRAINT pk_key_check PRIMARY KEY (key_id)
);
INSERT INTO "key_check" VALUES('invented',X'01696E76656E74656450D28C3946CDA8C562D44DBD716ECB7594FCFD251184DFDCD5C6E5EB704B2B18636B');
CREATE TABLE login (
	id VARCHAR(40) NOT NULL, 
	person_id VARCHAR(40) NOT NULL, 
	token_hash VARCHAR(200) NOT NULL, 
	signed_in_at DATETIME NOT NULL, 
	seen_at DATETIME NOT NULL, 
	ended_at DATETIME, device VARCHAR(200), 
	CONSTRAINT pk_login PRIMARY KEY (id), 
	CONSTRAINT fk_login_person_id_person FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT uq_login_token_hash UNIQUE (token_hash)
);
CREATE TABLE message (
	entry_id VARCHAR(40) NOT NULL, 
	id VARCHAR(200) NOT NULL, 
	client_id VARCHAR(40) NOT NULL, 
	at DATETIME NOT NULL, 
	sealed BLOB, 
	CONSTRAINT pk_message PRIMARY KEY (entry_id, id), 
	CONSTRAINT fk_message_client_id_person FOREIGN KEY(client_id) REFERENCES person (id), 
	CONSTRAINT fk_message_entry_id_entry FOREIGN KEY(entry_id) REFERENCES entry (id)
);
INSERT INTO "message" VALUES('c74b29d30283e1157bd2d43ce210a4be','m-c74b29d30283e1157bd2d43ce210a4be','3063073fcd1b548a5a694c43e2235b53','2026-03-14 00:10:00.000000',NULL);
INSERT INTO "message" VALUES('560ff7f05796954b26372ba63130844f','m-560ff7f05796954b26372ba63130844f','3063073fcd1b548a5a694c43e2235b53','2026-03-15 00:20:00.000000',NULL);
INSERT INTO "message" VALUES('560ff7f05796954b26372ba63130844f','again','3063073fcd1b548a5a694c43e2235b53','2026-03-15 00:20:00.000000',NULL);
INSERT INTO "message" VALUES('bdc0b5c9a4a0990d30dfbfa2c2e4bdac','m-bdc0b5c9a4a0990d30dfbfa2c2e4bdac','3063073fcd1b548a5a694c43e2235b53','2026-03-15 00:30:00.000000',NULL);
INSERT INTO "message" VALUES('d25b1b58f4faf60e7fad8b134b78d736','half','3063073fcd1b548a5a694c43e2235b53','2026-03-15 00:30:00.000000',NULL);
CREATE TABLE "person" (
	id VARCHAR(40) NOT NULL, 
	kind VARCHAR(200) NOT NULL, 
	user_name VARCHAR(200) NOT NULL, 
	name_sealed BLOB NOT NULL, 
	zone VARCHAR(200) NOT NULL, 
	domains JSON NOT NULL, 
	locked BOOLEAN NOT NULL, 
	password_hash TEXT, 
	made_at DATETIME NOT NULL, 
	language VARCHAR(200) NOT NULL, 
	CONSTRAINT pk_person PRIMARY KEY (id), 
	CONSTRAINT uq_person_user_name UNIQUE (user_name)
);
INSERT INTO "person" VALUES('3063073fcd1b548a5a694c43e2235b53','client','ava',X'01366533336237343130FA1084262DE0856DB9E874F5F48730DF1C494844AA21AD9963BDEFAE8693F21A4A6743F7432727B850CDF0E6333C11ECA6','America/New_York','[]',0,'$argon2id$v=19$m=8,t=1,p=1$a8rauSdQQnm/k5F/nOUakA$9vmEx9BqJl+IJa7SIhGSzqsIyMBeMUO3tsUZ7Y0AEDU','2026-03-14 00:00:00.000000','en');
INSERT INTO "person" VALUES('f66dd67b4a9cdf2bcf7698183550d3d6','client','ben',X'013039333334386536D41D643D709F0C607BFBA5BE9C3A32F5F43FC6B7F0206B2F080217028A5330F0345243C13BE38D06FB933E639CD6ED8ED3C0','America/New_York','[]',0,'$argon2id$v=19$m=8,t=1,p=1$9YWbWdcv1otc8yoUcGdtHA$T0FgNiNy8caD4RBf6fhEQJQKjJ8hzDkY7JtYhOxdIEY','2026-03-14 00:00:00.000000','es');
INSERT INTO "person" VALUES('c1d8768b5a6b33a1869a25415778e861','client','cam',X'013139643062626231C112A2D311D5070455D2E11A663617818025ABCACA2B4F161EB1FA89179B222D89AE74EFCC543B17A86734EE433D95F9F3','America/New_York','[]',0,'$argon2id$v=19$m=8,t=1,p=1$vmMkeJWLHW8AJ6ZksrJMuQ$MfkQAzHv2WxF5nE9fR3jdnhKxOnFO6/nwO2Wg7nUZUQ','2026-03-14 00:00:00.000000','en');
INSERT INTO "person" VALUES('49c833a8c2e7474ef5f29ce496d0ddb7','clinician','ina',X'0163616365666365619A93F6F824E229C6A96F8AE6B53C7DFEE4EBEC460F830B37A9ABFE970A688D1702BA2921998F54A30A1B02B0DA253E8C86E177','America/New_York','["individual"]',0,'$argon2id$v=19$m=8,t=1,p=1$Lg+bQlblArFr5acMz1jAfA$4vOp0D1lLhLziqqvtKgU4l4iXBV5HcLQPy5msED54yo','2026-03-14 00:00:00.000000','en');
INSERT INTO "person" VALUES('ae4aa583c36b33efefcea5ca5ff66529','clinician','cole',X'01373235343637653262971DC6EE22778762D29B282DE71AAC634EF12AEFD85E06A26F04BE4A1C5B311308311C55F54C9BABCEE711E8E63DC7105C1DFB','America/New_York','["couples"]',0,'$argon2id$v=19$m=8,t=1,p=1$gW3ZVcthef1bfdL8191tXw$wculk1UsPIfVzwphdwbmMgdw5LLUqyAdZH6vFnSU7hE','2026-03-14 00:00:00.000000','en');
INSERT INTO "person" VALUES('14598cfe6b0c0903e4036c6a7cab57c0','clinician','sue',X'013261653738616634BA0E8352834936006F419CDC2B366338165DF3FF0C8CB7602C008D4E685F94FBF6B4287413491593C596508191D58B7072AAF7','America/New_York','["substance-use"]',0,'$argon2id$v=19$m=8,t=1,p=1$zpP5TBwF5QUzE/t0RNFx0Q$v/Ho31kSfle441VUj+fYzzvzUCEj2V3IjvbAXrWDSfI','2026-03-14 00:00:00.000000','en');
INSERT INTO "person" VALUES('02e910e58efe9292f16e535a0c7746da','coordinator','cora',X'013565316238323536E144D5115A8CD830AD09355D59F768EB96F42E41A1E10DEDC0A6D5101B356A2BBC7217C848AACFBC674F52E7987919940FFFF0E9','America/New_York','[]',0,'$argon2id$v=19$m=8,t=1,p=1$Qyq3l291cJvGnRT/Lr6jrw$vigJk1bZv+vB5iKiSVKYlOpdvBVyW0TOl75ebghZ/1w','2026-03-14 00:00:00.000000','en');
CREATE TABLE reading (
	entry_id VARCHAR(40) NOT NULL, 
	person_id VARCHAR(40) NOT NULL, 
	revision INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_reading PRIMARY KEY (entry_id, person_id), 
	CONSTRAINT fk_reading_entry_id_entry FOREIGN KEY(entry_id) REFERENCES entry (id), 
	CONSTRAINT fk_reading_person_id_person FOREIGN KEY(person_id) REFERENCES person (id)
);
INSERT INTO "reading" VALUES('560ff7f05796954b26372ba63130844f','49c833a8c2e7474ef5f29ce496d0ddb7',2,'2026-03-15 00:20:00.000000');
CREATE TABLE recovery_code (
	hash VARCHAR(200) NOT NULL, 
	made_at DATETIME NOT NULL, 
	used_at DATETIME, 
	person_id VARCHAR(40) NOT NULL, 
	CONSTRAINT pk_recovery_code PRIMARY KEY (hash), 
	CONSTRAINT fk_recovery_code_person_id_person FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE TABLE revision (
	id VARCHAR(40) NOT NULL, 
	entry_id VARCHAR(40) NOT NULL, 
	client_id VARCHAR(40) NOT NULL, 
	number INTEGER NOT NULL, 
	by_id VARCHAR(40) NOT NULL, 
	at DATETIME NOT NULL, 
	sealed BLOB NOT NULL, 
	CONSTRAINT pk_revision PRIMARY KEY (id), 
	CONSTRAINT fk_revision_by_id_person FOREIGN KEY(by_id) REFERENCES person (id), 
	CONSTRAINT fk_revision_client_id_person FOREIGN KEY(client_id) REFERENCES person (id), 
	CONSTRAINT fk_revision_entry_id_entry FOREIGN KEY(entry_id) REFERENCES entry (id), 
	CONSTRAINT uq_revision_entry_id_number UNIQUE (entry_id, number)
);
INSERT INTO "revision" VALUES('1d78bb54c54d86c13fca14390876ce1d','c74b29d30283e1157bd2d43ce210a4be','3063073fcd1b548a5a694c43e2235b53',1,'3063073fcd1b548a5a694c43e2235b53','2026-03-14 00:10:00.000000',X'013665333362373431F00D3A25E92B22936774988B28FCCF3F88C1490BF8B782AF4C6389543626FB79098FFCD69013954011142E8B3E56C7FF885BA5E78E17BA41F0A866B7F66B060EB3635B0B280AAFC37415E02EA7855E0ADDCE01D43D5B1614CD53F464BFD7AD022D887622128C2CBAC28E92E2AAEC303290773604AB22046E50AB5B7A550A9AC00819DD6EC83D9D79B961F9C15CB2519223102ADC493F05E6D27A0D');
INSERT INTO "revision" VALUES('542518a7c2ee740fc730f6e29596209e','560ff7f05796954b26372ba63130844f','3063073fcd1b548a5a694c43e2235b53',1,'3063073fcd1b548a5a694c43e2235b53','2026-03-15 00:20:00.000000',X'0136653333623734317FC576DC183BDCB15C5D0D534FAA132D1D9B2B4E588F89BE68B54C1CC35C6923A26C5CD5BF0AF2EFEE43D5E7989FC0352CA8A5B2326016027227E274156BC132E127DBAC5C705E2343C63A2EAE4B50AEE63402C7FB205761FF4C0A9ECDEA9FF0936F02FB9D56CFF2BACDA52AA4CE03A8F2B0990EEA96FA3752658DBCB45EF4AC8A95C101E47DD1CE47276C6796D222B36F3D81F15878311F8E1583511242411B6BD68AD76109AB2AEBCE211BD134CDD2AE34D3B341E0FF85E7D65EB29DD9C305C7246625D66EAF78AEAB511D1908648D81B99E');
INSERT INTO "revision" VALUES('a55cea89afd3d6a233d5f4404fced050','560ff7f05796954b26372ba63130844f','3063073fcd1b548a5a694c43e2235b53',2,'3063073fcd1b548a5a694c43e2235b53','2026-03-15 00:20:00.000000',X'013665333362373431441827716A8CCE7992CE712EC60B3690A3FA29AE5563B724B9D0233A7B9195F3EC4F25C13F519B9F2D8F6BA94C51AD3209E8BD5115B40AF2F9115C82A7D109710582997A8E9E8A158C0CB449C44954C6C85E3E6A1395E51739B4FA950A4A3E7B33889EE8A4C30A6BB7BC7B1B2836F73762B5A41B992A6B3A5ED5276B43F58111D3F2D8AA40FB58374EFA5DB4D2D8F78D92BBFCA1E89EF4E96840DAB7');
INSERT INTO "revision" VALUES('fef23850e1b315b5686ab6c22db32302','bdc0b5c9a4a0990d30dfbfa2c2e4bdac','3063073fcd1b548a5a694c43e2235b53',1,'3063073fcd1b548a5a694c43e2235b53','2026-03-15 00:30:00.000000',X'013665333362373431563EC6CC71B2210AA8350DA54B358A0C62E75E4E09188852903418695AD237189706D05353356E21EA4497FE0AB00D527426C4C94CAE2BF5C9E58AEA99A754AB572F7E70346113314BDC821E07EE1FF523096B75ECDD3F987AD69210E34C01009FDD780499F766B5763D9908D3441FDBDADB7EE4D47DC808B3E57323F49142D48750A66291');
CREATE TABLE second_factor (
	id VARCHAR(40) NOT NULL, 
	secret_sealed BLOB NOT NULL, 
	made_at DATETIME NOT NULL, 
	confirmed_at DATETIME, 
	last_step BIGINT NOT NULL, 
	person_id VARCHAR(40) NOT NULL, 
	CONSTRAINT pk_second_factor PRIMARY KEY (id), 
	CONSTRAINT fk_second_factor_person_id_person FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE TABLE sign_in_step (
	token_hash VARCHAR(200) NOT NULL, 
	needs VARCHAR(200) NOT NULL, 
	origin VARCHAR(200) NOT NULL, 
	device VARCHAR(200), 
	made_at DATETIME NOT NULL, 
	person_id VARCHAR(40) NOT NULL, 
	CONSTRAINT pk_sign_in_step PRIMARY KEY (token_hash), 
	CONSTRAINT fk_sign_in_step_person_id_person FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE TABLE ticket (
	hash VARCHAR(200) NOT NULL, 
	login_id VARCHAR(40) NOT NULL, 
	issued_at DATETIME NOT NULL, 
	used_at DATETIME, 
	CONSTRAINT pk_ticket PRIMARY KEY (hash), 
	CONSTRAINT fk_ticket_login_id_login FOREIGN KEY(login_id) REFERENCES login (id)
);
CREATE TABLE worksheet (
	id VARCHAR(200) NOT NULL, 
	version VARCHAR(200) NOT NULL, 
	content TEXT NOT NULL, 
	CONSTRAINT pk_worksheet PRIMARY KEY (id, version)
);
INSERT INTO "worksheet" VALUES('mood-check','0.9','{"id":"mood-check","version":"0.9","status":"draft","title":"Mood check, as it was","category":"emotion","domain":"individual","audience":"client","private":false,"minutes":3,"about":"A small worksheet for tests.","next_step":null,"sources":[],"licence":null,"rights_checked":null,"reference":null,"loinc":null,"settings":[],"include":[],"pages":[{"name":"now","title":"Now","description":null,"visibleIf":null,"elements":[{"name":"day","title":"Which day?","description":null,"visibleIf":null,"startWithNewLine":null,"isRequired":false,"requiredIf":null,"requiredErrorText":null,"titleLocation":null,"example":null,"loinc":null,"type":"text","inputType":"date","min":null,"max":null,"step":null,"maxLength":null,"placeholder":null},{"name":"mood","title":"How is your mood?","description":null,"visibleIf":null,"startWithNewLine":null,"isRequired":true,"requiredIf":null,"requiredErrorText":null,"titleLocation":null,"example":null,"loinc":null,"type":"slider","min":0,"max":10,"step":1,"customLabels":[{"value":0,"text":"None"},{"value":10,"text":"A lot"}]},{"name":"energy","title":"How much energy do you have?","description":null,"visibleIf":null,"startWithNewLine":null,"isRequired":false,"requiredIf":null,"requiredErrorText":null,"titleLocation":null,"example":null,"loinc":null,"type":"slider","min":0,"max":10,"step":1,"customLabels":[{"value":0,"text":"None"},{"value":10,"text":"A lot"}]},{"name":"hopeless","title":"How often was there no way out?","description":null,"visibleIf":null,"startWithNewLine":null,"isRequired":false,"requiredIf":null,"requiredErrorText":null,"titleLocation":null,"example":null,"loinc":null,"choices":[{"value":0,"text":"Never","loinc":null},{"value":1,"text":"Sometimes","loinc":null},{"value":2,"text":"Often","loinc":null}],"showOtherItem":false,"otherText":null,"showNoneItem":false,"noneText":null,"showRefuseItem":false,"refuseText":null,"choicesFromQuestion":null,"choiceValuesFromQuestion":null,"choiceTextsFromQuestion":null,"type":"radiogroup","colCount":null,"allowClear":null},{"name":"why","title":"What made it hard?","description":null,"visibleIf":"{mood} < 4","startWithNewLine":null,"isRequired":false,"requiredIf":null,"requiredErrorText":null,"titleLocation":null,"example":null,"loinc":null,"type":"comment","rows":null,"maxLength":4000,"placeholder":null,"autoGrow":null},{"name":"note","title":"Anything else?","description":null,"visibleIf":null,"startWithNewLine":null,"isRequired":false,"requiredIf":null,"requiredErrorText":null,"titleLocation":null,"example":null,"loinc":null,"type":"comment","rows":null,"maxLength":4000,"placeholder":null,"autoGrow":null}]}],"scores":[{"name":"total","title":"Total","unit":null,"better":"higher","range":[0,20],"sum":["mood"],"mean":null,"difference":null,"count":null,"function":null,"reversed":[],"top":null,"missing":"none","at_least":null,"digits":null,"bands":[{"from":0,"to":9,"name":"low"},{"from":10,"to":20,"name":"good"}],"look_back":null,"source":"Made up for tests.","loinc":null}],"flags":[{"id":"no-way-out","when":"{hopeless} >= 1","priority":"normal","high_when":"{hopeless} >= 2","text":"You are not alone. Call or text 988.","source":"Made up for tests."}],"charts":[]}');
INSERT INTO "worksheet" VALUES('mood-check','1.0','{"id":"mood-check","version":"1.0","status":"draft","title":"Mood check","category":"emotion","domain":"individual","audience":"client","private":false,"minutes":3,"about":"A small worksheet for tests.","next_step":null,"sources":[],"licence":null,"rights_checked":null,"reference":null,"loinc":null,"settings":[],"include":[],"pages":[{"name":"now","title":"Now","description":null,"visibleIf":null,"elements":[{"name":"day","title":"Which day?","description":null,"visibleIf":null,"startWithNewLine":null,"isRequired":false,"requiredIf":null,"requiredErrorText":null,"titleLocation":null,"example":null,"loinc":null,"type":"text","inputType":"date","min":null,"max":null,"step":null,"maxLength":null,"placeholder":null},{"name":"mood","title":"How is your mood?","description":null,"visibleIf":null,"startWithNewLine":null,"isRequired":true,"requiredIf":null,"requiredErrorText":null,"titleLocation":null,"example":null,"loinc":null,"type":"slider","min":0,"max":10,"step":1,"customLabels":[{"value":0,"text":"None"},{"value":10,"text":"A lot"}]},{"name":"energy","title":"How much energy do you have?","description":null,"visibleIf":null,"startWithNewLine":null,"isRequired":false,"requiredIf":null,"requiredErrorText":null,"titleLocation":null,"example":null,"loinc":null,"type":"slider","min":0,"max":10,"step":1,"customLabels":[{"value":0,"text":"None"},{"value":10,"text":"A lot"}]},{"name":"hopeless","title":"How often was there no way out?","description":null,"visibleIf":null,"startWithNewLine":null,"isRequired":false,"requiredIf":null,"requiredErrorText":null,"titleLocation":null,"example":null,"loinc":null,"choices":[{"value":0,"text":"Never","loinc":null},{"value":1,"text":"Sometimes","loinc":null},{"value":2,"text":"Often","loinc":null}],"showOtherItem":false,"otherText":null,"showNoneItem":false,"noneText":null,"showRefuseItem":false,"refuseText":null,"choicesFromQuestion":null,"choiceValuesFromQuestion":null,"choiceTextsFromQuestion":null,"type":"radiogroup","colCount":null,"allowClear":null},{"name":"why","title":"What made it hard?","description":null,"visibleIf":"{mood} < 4","startWithNewLine":null,"isRequired":false,"requiredIf":null,"requiredErrorText":null,"titleLocation":null,"example":null,"loinc":null,"type":"comment","rows":null,"maxLength":4000,"placeholder":null,"autoGrow":null},{"name":"note","title":"Anything else?","description":null,"visibleIf":null,"startWithNewLine":null,"isRequired":false,"requiredIf":null,"requiredErrorText":null,"titleLocation":null,"example":null,"loinc":null,"type":"comment","rows":null,"maxLength":4000,"placeholder":null,"autoGrow":null}]}],"scores":[{"name":"total","title":"Total","unit":null,"better":"higher","range":[0,20],"sum":["mood","energy"],"mean":null,"difference":null,"count":null,"function":null,"reversed":[],"top":null,"missing":"none","at_least":null,"digits":null,"bands":[{"from":0,"to":9,"name":"low"},{"from":10,"to":20,"name":"good"}],"look_back":null,"source":"Made up for tests.","loinc":null}],"flags":[{"id":"no-way-out","when":"{hopeless} >= 1","priority":"normal","high_when":"{hopeless} >= 2","text":"You are not alone. Call or text 988.","source":"Made up for tests."}],"charts":[]}');
CREATE TABLE wrong_sign_in (
	id INTEGER NOT NULL, 
	origin VARCHAR(200) NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_wrong_sign_in PRIMARY KEY (id)
);
CREATE INDEX ix_couple_first_id ON couple (first_id);
CREATE INDEX ix_couple_second_id ON couple (second_id);
CREATE INDEX ix_care_team_client_id ON care_team (client_id);
CREATE INDEX ix_care_team_clinician_id_client_id ON care_team (clinician_id, client_id);
CREATE INDEX ix_login_person_id ON login (person_id);
CREATE INDEX ix_ticket_login_id ON ticket (login_id);
CREATE INDEX ix_wrong_sign_in_origin_at ON wrong_sign_in (origin, at);
CREATE INDEX ix_assignment_client_id ON assignment (client_id);
CREATE INDEX ix_entry_client_id_about ON entry (client_id, about);
CREATE INDEX ix_entry_client_id_status ON entry (client_id, status);
CREATE INDEX ix_conflict_entry_id ON "conflict" (entry_id);
CREATE INDEX ix_alert_client_id ON alert (client_id);
CREATE INDEX ix_alert_entry_id ON alert (entry_id);
CREATE INDEX ix_audit_client_id ON audit (client_id);
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit rows are never changed'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit rows are never changed'); END;
CREATE TRIGGER revision_no_update BEFORE UPDATE ON revision BEGIN SELECT RAISE(ABORT, 'revision rows are never changed'); END;
CREATE TRIGGER revision_no_delete BEFORE DELETE ON revision BEGIN SELECT RAISE(ABORT, 'revision rows are never changed'); END;
CREATE INDEX ix_sign_in_step_person_id ON sign_in_step (person_id);
CREATE INDEX ix_second_factor_person_id ON second_factor (person_id);
CREATE INDEX ix_recovery_code_person_id ON recovery_code (person_id);
CREATE INDEX ix_invitation_person_id ON invitation (person_id);
CREATE INDEX ix_identity_person_id ON identity (person_id);
COMMIT;
