BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
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
INSERT INTO "alert" VALUES('4c9875c8e0f597a188c079a9928e020e','059bb39be950acba85669e494498b1f1','3efe4664bd0fdd44b78fd9ab3ccae91a','individual','high','2026-03-15 00:20:00.000000','["2588756d42d73e66d8c9d92d944c5941", "97357f47f6579433e4c4c09bf701b94d", "a3cb442ed9e4dccc3b836b188f08cfae", "af90b56fe7b52dd396d857408d0d1c16"]',X'01613735323065643869E5C1B86BCC338722CD7A8A3DDFEBA026EDFA24D7F995BA7A162845062AA2D473BCCF3AD3FF41011F036E09E70195CE9DD9A987A47268641F71BE88AD76C914C0CB64CD0774BA4E91CE26B63BBFD3F4EEFE8F2E2AEBF434BAED','2026-03-15 00:20:00.000000','97357f47f6579433e4c4c09bf701b94d',X'0161373532306564387435EE3121C14634658B2B0F9C9330DB286B384E5965E49ED3D2F4AAFDB0B52CDC56E228178B3187915DE2698314C3CA2722DD3DE4A3E1');
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
	made_at DATETIME NOT NULL, 
	CONSTRAINT pk_assignment PRIMARY KEY (id), 
	CONSTRAINT fk_assignment_by_id_person FOREIGN KEY(by_id) REFERENCES person (id), 
	CONSTRAINT fk_assignment_client_id_person FOREIGN KEY(client_id) REFERENCES person (id)
);
INSERT INTO "assignment" VALUES('5aecc75eaad13c1c229e8c8d2551cdee','059bb39be950acba85669e494498b1f1','97357f47f6579433e4c4c09bf701b94d','mood-check','individual',X'01613735323065643863B9CC274B27D541DF3A690AC464CF69DD50D671A1FBA6938C88C9C6C45E0C652D2D1522B6B85DF01BFA86153AF6DA2188CCA1D6','FREQ=DAILY','21:00:00.000000','2026-03-13',NULL,'2026-03-14 00:00:00.000000');
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
INSERT INTO "audit" VALUES(1,'2026-03-14 00:00:00.000000',NULL,'operator','people','059bb39be950acba85669e494498b1f1','person','059bb39be950acba85669e494498b1f1','invented','fb1df6a706cfed1709c73758378835b06da9cff3f4def5a71866d7f24f3d0554');
INSERT INTO "audit" VALUES(2,'2026-03-14 00:00:00.000000',NULL,'operator','people','a2a71acc0aff86c741583878046921b7','person','a2a71acc0aff86c741583878046921b7','invented','cd580fea5af50c24dbe284c8ecd465ec69adb5442b87eab27f80515f6e4db0eb');
INSERT INTO "audit" VALUES(3,'2026-03-14 00:00:00.000000',NULL,'operator','people','f3d46b8139144f8ce1f85bb070f509c3','person','f3d46b8139144f8ce1f85bb070f509c3','invented','2e22fe277a941c053065893ece80f06a419b73eed8df5ccdb85662ce744fe1ed');
INSERT INTO "audit" VALUES(4,'2026-03-14 00:00:00.000000',NULL,'operator','people',NULL,'person','97357f47f6579433e4c4c09bf701b94d','invented','b727f6c4b95421fe7de104b0c9bf0690cbdc0892dcf5c2733d4e780139b97a40');
INSERT INTO "audit" VALUES(5,'2026-03-14 00:00:00.000000',NULL,'operator','people',NULL,'person','a3cb442ed9e4dccc3b836b188f08cfae','invented','0df9d289d5d94ed821e384ea8d6d72964c022e5f43688d3db1011ec82ea8d779');
INSERT INTO "audit" VALUES(6,'2026-03-14 00:00:00.000000',NULL,'operator','people',NULL,'person','2588756d42d73e66d8c9d92d944c5941','invented','20a298ab751e4ed60853a824e4a3e111c9eac987796d123873533acb9c5de9e6');
INSERT INTO "audit" VALUES(7,'2026-03-14 00:00:00.000000',NULL,'operator','people',NULL,'person','af90b56fe7b52dd396d857408d0d1c16','invented','6d3a3018733d68fd0c7fce90e7af9c2f9c707ad51f03ac2c45e2691ffb0d20c7');
INSERT INTO "audit" VALUES(8,'2026-03-14 00:00:00.000000',NULL,'operator','people','059bb39be950acba85669e494498b1f1','couple','367cd96ea25618226b7d000869b3722c','invented','e9d55eaee0161189be3fdeb2741e91ffc0743d3f15f085ffae17185b86528c10');
INSERT INTO "audit" VALUES(9,'2026-03-14 00:00:00.000000',NULL,'operator','people','a2a71acc0aff86c741583878046921b7','couple','367cd96ea25618226b7d000869b3722c','invented','dbfcfa1c45bd438d1d1137288e05de05a476ae87fac441dd94460a01797b6728');
INSERT INTO "audit" VALUES(10,'2026-03-14 00:00:00.000000',NULL,'operator','people','059bb39be950acba85669e494498b1f1','care-team','97357f47f6579433e4c4c09bf701b94d','invented','b0b61b3a3b05bb177eb20356aa50f502dc7a01baba4c32984a0d542d7ab5f0cc');
INSERT INTO "audit" VALUES(11,'2026-03-14 00:00:00.000000',NULL,'operator','people','059bb39be950acba85669e494498b1f1','care-team','a3cb442ed9e4dccc3b836b188f08cfae','invented','a957ad2e8b52c091e84098ee8c06245229907ffbc73c3193abc080f1a16689f3');
INSERT INTO "audit" VALUES(12,'2026-03-14 00:00:00.000000',NULL,'operator','people','a2a71acc0aff86c741583878046921b7','care-team','a3cb442ed9e4dccc3b836b188f08cfae','invented','41c122d1754a8289117a43b86973b66c39d0fe55b4a657ddacc32d2411c93639');
INSERT INTO "audit" VALUES(13,'2026-03-14 00:00:00.000000',NULL,'operator','people','059bb39be950acba85669e494498b1f1','care-team','2588756d42d73e66d8c9d92d944c5941','invented','89dfc1fd742107be5558fd0c12bc9315870cb6e6a86c52bd9e3aa45a41cc4b8f');
INSERT INTO "audit" VALUES(14,'2026-03-14 00:00:00.000000','97357f47f6579433e4c4c09bf701b94d','operator','assign','059bb39be950acba85669e494498b1f1','assignment','5aecc75eaad13c1c229e8c8d2551cdee','invented','5aec07dc456070d543bcdca3cbac234be26faba1dc5d697e291da908bf0b3add');
INSERT INTO "audit" VALUES(15,'2026-03-14 00:10:00.000000','059bb39be950acba85669e494498b1f1','operator','submit','059bb39be950acba85669e494498b1f1','entry','9e3e938057dd94e8b8f88f95670cd4ff','invented','0f9d2aedd5c67a2a78fedf662a3cfdd8a3cbd09795bd29cbfca8553a2f536c98');
INSERT INTO "audit" VALUES(16,'2026-03-15 00:20:00.000000','059bb39be950acba85669e494498b1f1','operator','submit','059bb39be950acba85669e494498b1f1','entry','3efe4664bd0fdd44b78fd9ab3ccae91a','invented','5f9eac284a255dfc8aff079391d6645fa3ed0f3a71af1596c533d364ed5da32e');
INSERT INTO "audit" VALUES(17,'2026-03-15 00:20:00.000000','059bb39be950acba85669e494498b1f1','operator','view','059bb39be950acba85669e494498b1f1','entry','3efe4664bd0fdd44b78fd9ab3ccae91a','invented','821e4f8d9860aef9156c02ee6bd04d9eba925f1d6cde7011a99bb44955d7cf54');
INSERT INTO "audit" VALUES(18,'2026-03-15 00:20:00.000000','059bb39be950acba85669e494498b1f1','operator','correct','059bb39be950acba85669e494498b1f1','entry','3efe4664bd0fdd44b78fd9ab3ccae91a','invented','d15d261e59ac151c1c01e941a8381701aa58afb64f41d2be3ee6b6835e1bfc96');
INSERT INTO "audit" VALUES(19,'2026-03-15 00:20:00.000000','97357f47f6579433e4c4c09bf701b94d','operator','view','059bb39be950acba85669e494498b1f1','record',NULL,'invented','ddf655f64cf417e58c7f6309b1506985e44b4a1e25460326355fada5fc481ba8');
INSERT INTO "audit" VALUES(20,'2026-03-15 00:20:00.000000','97357f47f6579433e4c4c09bf701b94d','operator','acknowledge','059bb39be950acba85669e494498b1f1','alert','4c9875c8e0f597a188c079a9928e020e','invented','8c97efc121ac6af66a4483c89f6996775db24ab5a81dc561eb14f72d61ed3458');
INSERT INTO "audit" VALUES(21,'2026-03-15 00:30:00.000000','059bb39be950acba85669e494498b1f1','operator','submit','059bb39be950acba85669e494498b1f1','entry','d77f3a25e8779bd0cf1b36c0cafd16f3','invented','4d38b948d28df6c1c4bbc71cab80a0774bb01ebe60979fc7267401cfa92968a1');
INSERT INTO "audit" VALUES(22,'2026-03-15 00:30:00.000000','059bb39be950acba85669e494498b1f1','operator','save','059bb39be950acba85669e494498b1f1','entry','06953e61d45dab59f48d11f10274cadb','invented','b3b4164e425c436339fcc3ef74244d4572537ea8b67e3c3df27f21edb953b441');
INSERT INTO "audit" VALUES(23,'2026-03-15 00:30:00.000000','059bb39be950acba85669e494498b1f1','operator','view','059bb39be950acba85669e494498b1f1','record',NULL,'invented','8720fa4d8a6df2511a31186185249e857a1bbdd92127363d56cf735127eb67b9');
CREATE TABLE audit_head (
	id INTEGER NOT NULL, 
	seq BIGINT NOT NULL, 
	mac VARCHAR(200) NOT NULL, 
	CONSTRAINT pk_audit_head PRIMARY KEY (id)
);
INSERT INTO "audit_head" VALUES(1,23,'8720fa4d8a6df2511a31186185249e857a1bbdd92127363d56cf735127eb67b9');
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
INSERT INTO "care_team" VALUES('3d2c19c39f513c3cfa8418e19743664e','059bb39be950acba85669e494498b1f1','97357f47f6579433e4c4c09bf701b94d','individual','2026-03-02',NULL);
INSERT INTO "care_team" VALUES('363b8b924832e78f20fda4e4a8d4ebee','059bb39be950acba85669e494498b1f1','a3cb442ed9e4dccc3b836b188f08cfae','couples','2026-03-02',NULL);
INSERT INTO "care_team" VALUES('a54fab6b598cf4c3dd5b751eb5175918','a2a71acc0aff86c741583878046921b7','a3cb442ed9e4dccc3b836b188f08cfae','couples','2026-03-02',NULL);
INSERT INTO "care_team" VALUES('de3ca3044a533d2fbb01435536341a37','059bb39be950acba85669e494498b1f1','2588756d42d73e66d8c9d92d944c5941','substance-use','2026-03-02',NULL);
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
INSERT INTO "couple" VALUES('367cd96ea25618226b7d000869b3722c','059bb39be950acba85669e494498b1f1','a2a71acc0aff86c741583878046921b7');
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
INSERT INTO "entry" VALUES('9e3e938057dd94e8b8f88f95670cd4ff','059bb39be950acba85669e494498b1f1','mood-check','0.9','individual',NULL,'submitted','2026-03-13','America/New_York','2026-03-14 00:10:00.000000','2026-03-14 00:10:00.000000','2026-03-14 00:10:00.000000',1,1,X'016137353230656438E0F1F3AB83FDC1B18F76545F400EADE0A341D64A654D823BB4D79D181AB25AFCC1BEF8AED4C2B601303FE234DBD1FCAFF584E357BECEE6C5DFEEE368A73E9422D92C993362C5132F2A8C06DF700DE270F12EFC50CA07E4EC562E0F72144FABA25EFF20AAA7F6853E70060997ED284FB0489D63F938B0B16EE492DB61EFE849169CA6CC0C47676CF5223DB830F434396737FBE7FA68482A831A365B085F6D1BF22B0AF3B2EA0A045ECF6B43A634E438EA1F3E1BBDCA1FE5783404346F7ECFF242FAE77263A41B2D59E54D4D9E46F3992D08FB5C91FC3948162ED4B9F0BD93D8524586BFA540DC595EBBEC40E696DB6A14BE77D2EEF6A3451ADF69F8DEBFEE3353865485A95FB43F43C3DF794E25E9F8B906416C7D11684940839DB5312B3695D54C1386D77C1219DBAD3E9E691EDB94341638F6');
INSERT INTO "entry" VALUES('3efe4664bd0fdd44b78fd9ab3ccae91a','059bb39be950acba85669e494498b1f1','mood-check','1.0','individual',NULL,'submitted','2026-03-14','America/New_York','2026-03-15 00:20:00.000000','2026-03-15 00:20:00.000000','2026-03-15 00:20:00.000000',2,2,X'016137353230656438178512902C1BEA3158B8850AF26C4A1424C9CC696560C0AC61C34F314507EEC0D3F5DA3CE33E32966811887374EA4A98A779F66F1F6FA38702B29141E905AF4654FEEABC155F64B9CA3514CA72A48E71E833D936A9D30C453CFD43EFF91B2E3355CF9F4AB9CA12BCFBA5899807F48A3A3A96609A056F2E2883E6F595DC4E67F4037D977F4D62E01B9C557504485E6784DE61CAB11B2F64B2650323D70C9D3B9E1BD30AD4A8596C37E929EC064C3DFD481AC4726F64B3E991536A00EE70BA3B788F12A2E1FC06CA4E4D4626F78AE2C5951A4971DBD55D53F12670EF5759AB3AE43098C943903466E82B3EE4473C443F1ACB8D5837D80AB7B0D80F49FF67AC3CAFE64241E8999888FB1FC09542E893ED58BF3F1703175E45BDC79EBAA02AD2805679F2FDF9C4D35429696CBD5BF153742F67930C52754C72AFDA611D8C2244C8F92CB66FC8D84CD6F9132B8FFDBA435A2B0A86AF6DC319ADFA8EEB917F364A328BEF8F445C0B');
INSERT INTO "entry" VALUES('d77f3a25e8779bd0cf1b36c0cafd16f3','059bb39be950acba85669e494498b1f1','mood-check','1.0','individual',NULL,'submitted','2026-03-14','America/New_York','2026-03-15 00:30:00.000000','2026-03-15 00:30:00.000000','2026-03-15 00:30:00.000000',1,1,X'0161373532306564389949ED04A506FCD7A058DCA485E0E6ACB989D5831EEAF2B4B061C8EC68EFE5B38B299353EF5AAEDE36D31D85A5D5613D57414AC8DC7337A71931864A0652AB073DD38EC43714CC650CD5F855FD4E8D100C218864D798D0F4FA22153041D54D06F1B4AC0D3F64E64FA658D7F58F8D394514D1749C183F7027D40BBC174697B7C003C71A85D12B8CEC632F02BFDD9A1AA56EEE1456005ABF4F33E3B6E974445E4E82652D032C42D13E756D65783AF12B832D32062B1C2384C2BAA0E0243C72E983B28166A2B68E5D04D7204FA71588FD3EEA045DB1AD7C7251563F4296AF61DB5A57E5AEA4003EF6AE77636C28F3C54C');
INSERT INTO "entry" VALUES('06953e61d45dab59f48d11f10274cadb','059bb39be950acba85669e494498b1f1','mood-check','1.0','individual','5aecc75eaad13c1c229e8c8d2551cdee','draft','2026-03-14','America/New_York','2026-03-15 00:30:00.000000','2026-03-15 00:30:00.000000',NULL,0,1,X'0161373532306564382DFD4C76F307E89BC069E65DCC2680837865D72B4A75D26C030FB3A29E57DFE1041B446F92A96834A52FEB89D8EDD8E546BE7BCB3CC53725C19893E2C40E6355354B7307E2F1467D533C6EA64D675AB1D7285EAF0E3EC9D71CD14FCB45260458F089E604630EA9AE58F34351176C16C2382C768A2CB5184098AA38AE3FF911BA330AD04CCC9EB8886D52358626BA0E56E06AD9B8929379A06353ADCABE676949C42907F230A4BBB093AD716D4E');
CREATE TABLE envelope (
	person_id VARCHAR(40) NOT NULL, 
	id VARCHAR(40) NOT NULL, 
	master_id VARCHAR(40) NOT NULL, 
	sealed BLOB NOT NULL, 
	CONSTRAINT pk_envelope PRIMARY KEY (person_id, id), 
	CONSTRAINT fk_envelope_person_id_person FOREIGN KEY(person_id) REFERENCES person (id)
);
INSERT INTO "envelope" VALUES('059bb39be950acba85669e494498b1f1','a7520ed8','invented',X'01696E76656E746564F1FD122769FE4DE5D60C50C068724D1A465E9439BA9ECBDFD83F75489A0AB0959498C7BAE95A43D409840526EA007AC5FB5D212323B4BDA5E0BB9C0992F3858F3972863959E400D4248FDA67BED12AE10961519205E5ABCF9FCEAEBF');
INSERT INTO "envelope" VALUES('a2a71acc0aff86c741583878046921b7','c6ba349f','invented',X'01696E76656E746564D63CA93857C748BF7CC9DCC0346BC9A3D1C1BA57A4CD47C8E907D32C74BFB45871A43FD40049BE343754C163A76DC69283CF1821E049B1B9A2579E6861A36A811F63B686D42FF37B954E30680D323943C54399C06CF0E117FAB6CE63');
INSERT INTO "envelope" VALUES('f3d46b8139144f8ce1f85bb070f509c3','8c1e3b48','invented',X'01696E76656E74656401B251A654840ADE70DBDAF0037590BBF45158EDB66E6636BF8C0E11D3029DDDF71535BE122741C880CEBB9BDAF8F6691ACD1C5CAFA4C31FA7E6B5AA367BC9395AE9ABC5F3FEDF469F1771DF1E57F5B2876FF52790044D013D9C5FC3');
INSERT INTO "envelope" VALUES('97357f47f6579433e4c4c09bf701b94d','e2e06718','invented',X'01696E76656E7465647930C3C5A6EFD067A659B7F031700838B95ECBB85DF2F914F5663094F00CAA606F0E009BC5BA6A7708A0B40C517B554DBA26FC12FE66579156E7F93105C9817838BA377ABE61C4C1F833537EA92F16DE18F0E1531151E5A4EBB33ECB');
INSERT INTO "envelope" VALUES('a3cb442ed9e4dccc3b836b188f08cfae','35017429','invented',X'01696E76656E746564B3032432CC2629D00F6D13DECECA1DE0A3839827F33A8ED82B8A3E623A47045A983A37992F040CA0B9B93E3A4D4A352D9438812528CF3566D73A6DB4E47BD1D9A4351EEAFE061E64E0D37D83DB762A3E05DCD10564382AEEB6578AFB');
INSERT INTO "envelope" VALUES('2588756d42d73e66d8c9d92d944c5941','2a77b2b4','invented',X'01696E76656E7465647F4AADFF83CC3DE6210902C3551CBB24415943E9C2B610774B1BCD523CA39815334A9DAE68EC8EA16A0B57F57AF05125D2BA5E495A423FC3775AB724874CC5493B999ED1F99B086F8D37C22A127EF1383DE47FE1140557C4914C23E2');
INSERT INTO "envelope" VALUES('af90b56fe7b52dd396d857408d0d1c16','c781e6e3','invented',X'01696E76656E7465648F52E64BF4466CC094996B7B37568C40784024E52F903C3623CD024A94BEE7555B93AA3F6080BC6E5E83E987D1C9BEC31BD2EDB0F5CB4CCAC65595AAAE156434D4D66EEE00DD44B0A00273D796BD16BF0DCE024D4D4906D36727B00E');
CREATE TABLE key_check (
	key_id VARCHAR(40) NOT NULL, 
	sealed BLOB NOT NULL, 
	CONSTRAINT pk_key_check PRIMARY KEY (key_id)
);
INSERT INTO "key_check" VALUES('invented',X'01696E76656E7465644957476302351E753EAFED228DC1D851B2E143C29CE5407094F55E6C482C83127449');
CREATE TABLE login (
	id VARCHAR(40) NOT NULL, 
	person_id VARCHAR(40) NOT NULL, 
	token_hash VARCHAR(200) NOT NULL, 
	signed_in_at DATETIME NOT NULL, 
	seen_at DATETIME NOT NULL, 
	ended_at DATETIME, 
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
INSERT INTO "message" VALUES('9e3e938057dd94e8b8f88f95670cd4ff','m-9e3e938057dd94e8b8f88f95670cd4ff','059bb39be950acba85669e494498b1f1','2026-03-14 00:10:00.000000',NULL);
INSERT INTO "message" VALUES('3efe4664bd0fdd44b78fd9ab3ccae91a','m-3efe4664bd0fdd44b78fd9ab3ccae91a','059bb39be950acba85669e494498b1f1','2026-03-15 00:20:00.000000',NULL);
INSERT INTO "message" VALUES('3efe4664bd0fdd44b78fd9ab3ccae91a','again','059bb39be950acba85669e494498b1f1','2026-03-15 00:20:00.000000',NULL);
INSERT INTO "message" VALUES('d77f3a25e8779bd0cf1b36c0cafd16f3','m-d77f3a25e8779bd0cf1b36c0cafd16f3','059bb39be950acba85669e494498b1f1','2026-03-15 00:30:00.000000',NULL);
INSERT INTO "message" VALUES('06953e61d45dab59f48d11f10274cadb','half','059bb39be950acba85669e494498b1f1','2026-03-15 00:30:00.000000',NULL);
CREATE TABLE person (
	id VARCHAR(40) NOT NULL, 
	kind VARCHAR(200) NOT NULL, 
	user_name VARCHAR(200) NOT NULL, 
	name_sealed BLOB NOT NULL, 
	zone VARCHAR(200) NOT NULL, 
	domains JSON NOT NULL, 
	locked BOOLEAN NOT NULL, 
	password_hash TEXT, 
	made_at DATETIME NOT NULL, 
	CONSTRAINT pk_person PRIMARY KEY (id), 
	CONSTRAINT uq_person_user_name UNIQUE (user_name)
);
INSERT INTO "person" VALUES('059bb39be950acba85669e494498b1f1','client','ava',X'0161373532306564382725C05E663BAF5E026453ECD8FC4A1B560C46ABAD801D6B05356256E58C997FABC2EE9AF689A63E00D7477900C561E96CB9','America/New_York','[]',0,'$argon2id$v=19$m=8,t=1,p=1$xq9uwTbNMd3jOms+neAfSQ$+O08rqkuInvDUt207NzD5nZK2Qh+ICNL/fi5kgsiNkI','2026-03-14 00:00:00.000000');
INSERT INTO "person" VALUES('a2a71acc0aff86c741583878046921b7','client','ben',X'0163366261333439660C28BF622427B1CCE3970AC665CF083906BC11038BA2DB76D44FE2E01D66D0BB8C38682FC807AE98BA6FD5AF76829FF60D7F','America/New_York','[]',0,'$argon2id$v=19$m=8,t=1,p=1$KOrMrH/kJ7ntRkz9rH9CRg$hEBa8iovdeUPwn+47KZOPnYwkrkquQdHoji/LS1QnbE','2026-03-14 00:00:00.000000');
INSERT INTO "person" VALUES('f3d46b8139144f8ce1f85bb070f509c3','client','cam',X'013863316533623438A2326AF64B14284899BC49FE1037BC05C03CED85A591E69A09140A591181ADDB1B502B45027A1634927D510610FD49C154','America/New_York','[]',0,'$argon2id$v=19$m=8,t=1,p=1$f2opD89qrNberKJ0AW7HXA$m9HuLDpYM4rmZPDHN5RmK0mUtBjrwrwH/O9RqmbRMHM','2026-03-14 00:00:00.000000');
INSERT INTO "person" VALUES('97357f47f6579433e4c4c09bf701b94d','clinician','ina',X'016532653036373138273B1DA772A455AE9592DC48E9C18AA177B743D242B84D6DEBED116C8E4B6EF856127449546F790AD310F87F35A2801D3ADBBB','America/New_York','["individual"]',0,'$argon2id$v=19$m=8,t=1,p=1$HKqsWcOd9LjPub4el8Qr8g$QoZG9nJM/0C0d/3H6cqimNU77ieZG3tELxJkOilqnA0','2026-03-14 00:00:00.000000');
INSERT INTO "person" VALUES('a3cb442ed9e4dccc3b836b188f08cfae','clinician','cole',X'013335303137343239F1A63D3A14E498346F3C089EF0795B81D669076516E9BA1826C51B64C02702678F3BA6A8123EEB35A1D20D0AC604571C68849A9E','America/New_York','["couples"]',0,'$argon2id$v=19$m=8,t=1,p=1$mi04dsib7ww8RKa6JpObkw$oiG1iugHcZ3rw+tdfGgN/XyjDYqYBkZjjWdtGk5aPH4','2026-03-14 00:00:00.000000');
INSERT INTO "person" VALUES('2588756d42d73e66d8c9d92d944c5941','clinician','sue',X'01326137376232623493CAD54CE3AD3E278A50D56B3B71F58C3A5917DBB4DC4ABC099129E6548023166C5340CEB8FAFA745C7FCACD9305E1B2DD79BA','America/New_York','["substance-use"]',0,'$argon2id$v=19$m=8,t=1,p=1$5qmkhyVHgHAWpo8GxaHtAQ$F1HwQTp95rARLFd0rqJDEhJJ2U5oaO3mTdlkFSY0iyo','2026-03-14 00:00:00.000000');
INSERT INTO "person" VALUES('af90b56fe7b52dd396d857408d0d1c16','coordinator','cora',X'01633738316536653399969AAFCF0DBD4FA2B8C4E2D5E97F462E4584A8016408ACAC2A53B8C52DC752A1F9EDD2020CBC85A3F8CBCA08B6636028CFCCC1','America/New_York','[]',0,'$argon2id$v=19$m=8,t=1,p=1$QB3hfkqdbvJQG/plrPc+Ug$DNc44aE+e1q2UsgPteyJvVUYOHAWuQo8Th1H7jAQXpM','2026-03-14 00:00:00.000000');
CREATE TABLE reading (
	entry_id VARCHAR(40) NOT NULL, 
	person_id VARCHAR(40) NOT NULL, 
	revision INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_reading PRIMARY KEY (entry_id, person_id), 
	CONSTRAINT fk_reading_entry_id_entry FOREIGN KEY(entry_id) REFERENCES entry (id), 
	CONSTRAINT fk_reading_person_id_person FOREIGN KEY(person_id) REFERENCES person (id)
);
INSERT INTO "reading" VALUES('3efe4664bd0fdd44b78fd9ab3ccae91a','97357f47f6579433e4c4c09bf701b94d',2,'2026-03-15 00:20:00.000000');
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
INSERT INTO "revision" VALUES('bef0adee7440f619075a8dda52fca6c0','9e3e938057dd94e8b8f88f95670cd4ff','059bb39be950acba85669e494498b1f1',1,'059bb39be950acba85669e494498b1f1','2026-03-14 00:10:00.000000',X'0161373532306564385C6789F0E70E4A97302F1BC5F1BCF54C7EA1BA55F6D94D68D6E26F704166DE328DCA50173B251FC85306570044452469E8A34419E688363FF93103CE60C53BA0DD700BC338D8753038B3458F98672B1948A02BBB6112B2EC9570328C307D5837824F5CFFE07D0E6E5AFA422C9E6818C1039E5AF17E8650C3D3F550FE29DFD7C469A194248D54B8BC1E62F177C75583381B378B1EF68399E68ABCB4');
INSERT INTO "revision" VALUES('32bec189fdfba652eafa9317ede41b9d','3efe4664bd0fdd44b78fd9ab3ccae91a','059bb39be950acba85669e494498b1f1',1,'059bb39be950acba85669e494498b1f1','2026-03-15 00:20:00.000000',X'0161373532306564387B4D33B58A7C84A8628ED96E23C2B4528340620CD6CC52BC1B1A3159475F10128533C5E775F95941BA7952376182FE532BB5F87ACA6B56B29FA5512316C5B3764704C258B6C2D0A20DBDDAFDA6628C20BD3DCCDB5D32592CE0E984B0ABC90D929916A47CA9DFF1A33A74F5D92EF18DFF6654655342E571C0EB8315C027DC07F323012434481A6CA7923E9AC56759C0A624C81709E983DE1E998F4F6A9D091B701253417D8CF1B1E506946BEB3F0FC36E921CF50F142F43281F6B708C1349B0B1418E5CF8A3E54B35C471E37625A0CBCC430024');
INSERT INTO "revision" VALUES('9c50e15caa2d14cc6edb0a913265cafe','3efe4664bd0fdd44b78fd9ab3ccae91a','059bb39be950acba85669e494498b1f1',2,'059bb39be950acba85669e494498b1f1','2026-03-15 00:20:00.000000',X'016137353230656438FF237C477E4A05CF0B158BA8CAB3C4727ED9103A4274CC88B33061700EF49960128BC24BDAFF931E0AE31CADC3E0C1259C2B5B940FCA1A27EF8B4FE63FA1CEAD460A3135A6ACCC95BD6F521ED02D3B3407A3FA90D956DCD2159F7C49B18B1DAC4AB1DDD14C117648F79BB8F1B5692648FA8CD249756214DE38899BBA4686E068C1F39173BD4F0DF7815233E2371580E1D6BCFE53A5EE03023E912889');
INSERT INTO "revision" VALUES('46a84aa7cb9e0fa557688bffd176ebf1','d77f3a25e8779bd0cf1b36c0cafd16f3','059bb39be950acba85669e494498b1f1',1,'059bb39be950acba85669e494498b1f1','2026-03-15 00:30:00.000000',X'0161373532306564385219343B48529E08218FCADBA3E2D38D7A48A0B75CEA7373C4AC07B3DF1109628076C7F1DA5D84BA7A3AFCA9D7C783C2499B2FFAF595F58F1CD88425EEC65CCA8F4F78D3F49B74C4C016622213C14807A3AB8C0659D4408419A557CB821A2381A054D480CCB3D942E2F9F9512326FB6F9DFC5B977114D20EC1D2F514F1218BBFDA5DBAE5F0');
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
COMMIT;
