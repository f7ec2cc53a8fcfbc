BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0002');
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
INSERT INTO "alert" VALUES('bb567e48ff17849580aa852a2ed83153','fdfd67a92f8a6e3ff33a5de2ed33695e','d35f66f016db012671dd755d3337560f','individual','high','2026-03-15 00:20:00.000000','["02e2f60c0e2496d6b4748441f9282998", "32154995cec56aee778148d45e15085f", "516c585e8dee46e52a5e9b5d36024cf5", "aa490792ff19c902ee48bab9bd5370e3"]',X'0163356131613763301F25114970ABCEE82751CC5DFC394271FAB9A62190D5EF4223D23C5751342F9CDFCB700AD5F33C030E89CC7CBAF3A64B608C15F919D682A17D8581D66DB129A0AA308362853132CF84D5CFC3CE53231F98CC658E4738F1623514','2026-03-15 00:20:00.000000','32154995cec56aee778148d45e15085f',X'0163356131613763303B03CAFA93C41C072267A84BA5F9DE8FD60D6B0E55BDFF0FFCEB0A2F269BB75784E6D704E2BF3C566AB5E7925DD75234EA0BC3FF210600');
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
	made_at DATETIME NOT NULL, stopped_at DATETIME, 
	CONSTRAINT pk_assignment PRIMARY KEY (id), 
	CONSTRAINT fk_assignment_by_id_person FOREIGN KEY(by_id) REFERENCES person (id), 
	CONSTRAINT fk_assignment_client_id_person FOREIGN KEY(client_id) REFERENCES person (id)
);
INSERT INTO "assignment" VALUES('4060c427a1057a0794b10c88ab8790e8','fdfd67a92f8a6e3ff33a5de2ed33695e','32154995cec56aee778148d45e15085f','mood-check','individual',X'0163356131613763302B467F33A185E8A2D2E2813C8BD3E09116834CEE2D5BE38F14C2BE299479B2DFC3CB4A0436182583CD1301EF5B3E239EB5B87D59','FREQ=DAILY','21:00:00.000000','2026-03-13',NULL,'2026-03-14 00:00:00.000000',NULL);
INSERT INTO "assignment" VALUES('d931c1a1a9b4b7f6667fa5487c1148cd','fdfd67a92f8a6e3ff33a5de2ed33695e','32154995cec56aee778148d45e15085f','mood-check','individual',X'016335613161376330633A4CAC288DDF27D4B52AAC8FD68F6EECD09AD849D1C9603E71B435328081A13339D15C8944BC','','21:00:00.000000','2026-03-13',NULL,'2026-03-15 00:37:00.000000','2026-03-15 00:37:00.000000');
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
INSERT INTO "audit" VALUES(1,'2026-03-14 00:00:00.000000',NULL,'operator','people','fdfd67a92f8a6e3ff33a5de2ed33695e','person','fdfd67a92f8a6e3ff33a5de2ed33695e','invented','d23e667249a7533b4e8b3171922cfa6bb6b2fdacf070e5f50225417f5ba3fa95');
INSERT INTO "audit" VALUES(2,'2026-03-14 00:00:00.000000',NULL,'operator','people','c2701fe156eb779b78777a3f5c805839','person','c2701fe156eb779b78777a3f5c805839','invented','b402fd08203bd643468df28a626ea8932eff153fc3b17c57a57da14eee7f010b');
INSERT INTO "audit" VALUES(3,'2026-03-14 00:00:00.000000',NULL,'operator','people','9c719ec7d0cc4029a17f543aa7ba40f9','person','9c719ec7d0cc4029a17f543aa7ba40f9','invented','f466a174c3a0f322cb77e40a42d2241c3504bcbeb715b8c246c819ecbf07ec0a');
INSERT INTO "audit" VALUES(4,'2026-03-14 00:00:00.000000',NULL,'operator','people',NULL,'person','32154995cec56aee778148d45e15085f','invented','c21c992163f1f9cee67b6808f624fa2e703650b1487a3680bce941793339647c');
INSERT INTO "audit" VALUES(5,'2026-03-14 00:00:00.000000',NULL,'operator','people',NULL,'person','02e2f60c0e2496d6b4748441f9282998','invented','c059f041c12a31132c6c4a08cde0e601dc14e2bbd0b4d75477c102c946a724cc');
INSERT INTO "audit" VALUES(6,'2026-03-14 00:00:00.000000',NULL,'operator','people',NULL,'person','aa490792ff19c902ee48bab9bd5370e3','invented','e3386f78fc4d41214369b3fe62fd190e88057dae190a345d2cb2c742c4ab13ea');
INSERT INTO "audit" VALUES(7,'2026-03-14 00:00:00.000000',NULL,'operator','people',NULL,'person','516c585e8dee46e52a5e9b5d36024cf5','invented','c6944c7b24865c374e37bda475832be4448d165477f9742d2ae46cf0b82944fa');
INSERT INTO "audit" VALUES(8,'2026-03-14 00:00:00.000000',NULL,'operator','people','fdfd67a92f8a6e3ff33a5de2ed33695e','couple','bcadd2aa1c4914c46ed1486c833363bc','invented','f8130104163dca43f9e43648f56b6eb712efa2e7563f198925dc92097819cf75');
INSERT INTO "audit" VALUES(9,'2026-03-14 00:00:00.000000',NULL,'operator','people','c2701fe156eb779b78777a3f5c805839','couple','bcadd2aa1c4914c46ed1486c833363bc','invented','d39079ae76c30dcb7b2890434b342bc1abcebe7a9a3acf68af785476cc5220c6');
INSERT INTO "audit" VALUES(10,'2026-03-14 00:00:00.000000',NULL,'operator','people','fdfd67a92f8a6e3ff33a5de2ed33695e','care-team','32154995cec56aee778148d45e15085f','invented','28e180daa98a7ddcaf1f189938cae2815b6ca7e8729239da5d095dd74ec99d8c');
INSERT INTO "audit" VALUES(11,'2026-03-14 00:00:00.000000',NULL,'operator','people','fdfd67a92f8a6e3ff33a5de2ed33695e','care-team','02e2f60c0e2496d6b4748441f9282998','invented','1de955dbfcf8a64563bf3a61ca1ff48eb6e606486262b8d2f850c357f7a74ee3');
INSERT INTO "audit" VALUES(12,'2026-03-14 00:00:00.000000',NULL,'operator','people','c2701fe156eb779b78777a3f5c805839','care-team','02e2f60c0e2496d6b4748441f9282998','invented','5a9e63750a91964d7b930e615c20b5c4409427247bf3252150331a3da71ce14c');
INSERT INTO "audit" VALUES(13,'2026-03-14 00:00:00.000000',NULL,'operator','people','fdfd67a92f8a6e3ff33a5de2ed33695e','care-team','aa490792ff19c902ee48bab9bd5370e3','invented','3dca77f75449988a3f10c01314b230ddcc0e9a78daedd28ad539e8bfbf8043aa');
INSERT INTO "audit" VALUES(14,'2026-03-14 00:00:00.000000','32154995cec56aee778148d45e15085f','operator','assign','fdfd67a92f8a6e3ff33a5de2ed33695e','assignment','4060c427a1057a0794b10c88ab8790e8','invented','fcf2a941781cc8cf9a762a7193045ead071e1c530300efb165b1c137748b30f3');
INSERT INTO "audit" VALUES(15,'2026-03-14 00:10:00.000000','fdfd67a92f8a6e3ff33a5de2ed33695e','operator','submit','fdfd67a92f8a6e3ff33a5de2ed33695e','entry','d1d76126d3e274f5a1367a8c5b473e1b','invented','706b45ab7a084b519820b39067d1059b676d675b377bde34ecc6c038409f88f9');
INSERT INTO "audit" VALUES(16,'2026-03-15 00:20:00.000000','fdfd67a92f8a6e3ff33a5de2ed33695e','operator','submit','fdfd67a92f8a6e3ff33a5de2ed33695e','entry','d35f66f016db012671dd755d3337560f','invented','f9f7f96469c4e9a1810095bcb35710d1649b3fe9931e839fe8d57a23f537c8b7');
INSERT INTO "audit" VALUES(17,'2026-03-15 00:20:00.000000','fdfd67a92f8a6e3ff33a5de2ed33695e','operator','view','fdfd67a92f8a6e3ff33a5de2ed33695e','entry','d35f66f016db012671dd755d3337560f','invented','46dcdddd80bbfab8ce13560bb7145b8f6783b2242847f8746eaf88af4641ff28');
INSERT INTO "audit" VALUES(18,'2026-03-15 00:20:00.000000','fdfd67a92f8a6e3ff33a5de2ed33695e','operator','correct','fdfd67a92f8a6e3ff33a5de2ed33695e','entry','d35f66f016db012671dd755d3337560f','invented','5a2e625f733619c6f1dd1b4261474e78d0862a0d6e7ffa9bb4ee83853d892fa9');
INSERT INTO "audit" VALUES(19,'2026-03-15 00:20:00.000000','32154995cec56aee778148d45e15085f','operator','view','fdfd67a92f8a6e3ff33a5de2ed33695e','record',NULL,'invented','b3a60fd81893aad65e474476afdaa1f7c04b7fbb5cea00d4ba38d0c9970d9ad7');
INSERT INTO "audit" VALUES(20,'2026-03-15 00:20:00.000000','32154995cec56aee778148d45e15085f','operator','acknowledge','fdfd67a92f8a6e3ff33a5de2ed33695e','alert','bb567e48ff17849580aa852a2ed83153','invented','f0b28d78bf17daedb2f34526c33841efd3c72b72afeafb4c80cedaea284c54cd');
INSERT INTO "audit" VALUES(21,'2026-03-15 00:30:00.000000','fdfd67a92f8a6e3ff33a5de2ed33695e','operator','submit','fdfd67a92f8a6e3ff33a5de2ed33695e','entry','4924df1717421f44b23191aafa61dc0a','invented','c86df3d26fc30e7a5208214f951bac823d75671f9e99dda9dff3a5e4218d7c43');
INSERT INTO "audit" VALUES(22,'2026-03-15 00:30:00.000000','fdfd67a92f8a6e3ff33a5de2ed33695e','operator','save','fdfd67a92f8a6e3ff33a5de2ed33695e','entry','16d5c247d12df6a3f2a6a024194fd86a','invented','eab218648530ed717fb31963190dbdf47ed4d557e5a11c044e7a5259066bd558');
INSERT INTO "audit" VALUES(23,'2026-03-15 00:37:00.000000','32154995cec56aee778148d45e15085f','operator','assign','fdfd67a92f8a6e3ff33a5de2ed33695e','assignment','d931c1a1a9b4b7f6667fa5487c1148cd','invented','56f7f33532c778a17a776a0ab2e736cb9172c8ae5718ddc75b4b43fbe945c2ec');
INSERT INTO "audit" VALUES(24,'2026-03-15 00:37:00.000000','32154995cec56aee778148d45e15085f','operator','stop','fdfd67a92f8a6e3ff33a5de2ed33695e','assignment','d931c1a1a9b4b7f6667fa5487c1148cd','invented','138a56c595dcc355331340e8ed61c015a6dc666eb46f3a7e867a947cbb4a8770');
INSERT INTO "audit" VALUES(25,'2026-03-15 00:37:00.000000','fdfd67a92f8a6e3ff33a5de2ed33695e','operator','view','fdfd67a92f8a6e3ff33a5de2ed33695e','record',NULL,'invented','d032355905f50193044768ea7dbead231181dab8a6c8bd03289de47d85b140ca');
CREATE TABLE audit_head (
	id INTEGER NOT NULL, 
	seq BIGINT NOT NULL, 
	mac VARCHAR(200) NOT NULL, 
	CONSTRAINT pk_audit_head PRIMARY KEY (id)
);
INSERT INTO "audit_head" VALUES(1,25,'d032355905f50193044768ea7dbead231181dab8a6c8bd03289de47d85b140ca');
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
INSERT INTO "care_team" VALUES('ae6744f4a8351728de185320c0605aee','fdfd67a92f8a6e3ff33a5de2ed33695e','32154995cec56aee778148d45e15085f','individual','2026-03-02',NULL);
INSERT INTO "care_team" VALUES('9bad1435e19fd4232d72be0d55c9ae97','fdfd67a92f8a6e3ff33a5de2ed33695e','02e2f60c0e2496d6b4748441f9282998','couples','2026-03-02',NULL);
INSERT INTO "care_team" VALUES('03ac7323cc17c6966a775fbc80887625','c2701fe156eb779b78777a3f5c805839','02e2f60c0e2496d6b4748441f9282998','couples','2026-03-02',NULL);
INSERT INTO "care_team" VALUES('4e74e98a18f491decb564500865d2168','fdfd67a92f8a6e3ff33a5de2ed33695e','aa490792ff19c902ee48bab9bd5370e3','substance-use','2026-03-02',NULL);
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
INSERT INTO "couple" VALUES('bcadd2aa1c4914c46ed1486c833363bc','fdfd67a92f8a6e3ff33a5de2ed33695e','c2701fe156eb779b78777a3f5c805839');
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
INSERT INTO "entry" VALUES('d1d76126d3e274f5a1367a8c5b473e1b','fdfd67a92f8a6e3ff33a5de2ed33695e','mood-check','0.9','individual',NULL,'submitted','2026-03-13','America/New_York','2026-03-14 00:10:00.000000','2026-03-14 00:10:00.000000','2026-03-14 00:10:00.000000',1,1,X'0163356131613763306E51ABBA46DD8237E8E2B9A02C777A5C8C25948D60E09B1F972F7A75C8C590A2B6E9261CDD97102FBC884B89FC153217CED5A94BDB968A204E540DD9C1E647DB0451A9306757C7617E6F417FEE3A2B02258AC871F986793828F5AEC494FFF588564A3334DED8A75AE568A928BE21B262CE610015CDFB52348A3668E6012D43758D11F11F810933A08B5A61B716B776F62841931CB09CD73E6BFD6DE517FFC9D3AD604179A12B1871DC0FE69D7F5C21EA94DFC47A0D5AA58A47010FF30D9EE8F0A104845A1E28C187D2EBBBB2F1056AAE6E3FD2DCEBB4FF84BB56FBAB80C0131848B49A4BACD3C58DC67F06819769D49C3539D4A8AAD03EC43DE928D1E24E221D8273AB1530D82C074034929AA6BD7354781E5E5A4BA8FD401FB7F282307242F4F3EA78EBFD2758EAC3BDEC747C4EFD91F823F5');
INSERT INTO "entry" VALUES('d35f66f016db012671dd755d3337560f','fdfd67a92f8a6e3ff33a5de2ed33695e','mood-check','1.0','individual',NULL,'submitted','2026-03-14','America/New_York','2026-03-15 00:20:00.000000','2026-03-15 00:20:00.000000','2026-03-15 00:20:00.000000',2,2,X'0163356131613763307C38A1A54534F5FD84ECA0956453E2E48BEC5D45EAD1FA04352035CAEF3A2C6AD11BAB9CA321137577B235F105E5B41F5AEF195241EAFD5E8BAF30DE5151BD0F0EAA955EC81EDDCA7E5229EFC82C7B802199C0F71EB65BF797CB1CE62FA03A5007CEC13F627C4490546F365FA9834C9EBB588CA9C165946A3FD7138D651EDD965F5AD44A0A3C81CF78742F13F425B5317F599C7A5CEDC6C72658E474701FDBB872D6F676F33E8B99CBDD17DFF2CA129363E7D39E64DD768323513C64DA42386E76855BAD137D77232B23B81865DEDF7BCC6E9EFF50BC9033B96D8FF0932ECF02C991C65F19F9B06A78BB1BB855D12A544A37FF7B082C2C2401937117E173EAA7C239B1202A998F44D43A5C7C987EE97D3035558F92ABA95AD4C62B9D9239606F07787FC1BA7DAFA23EF2CF5937EF8047CA45D9B83FA6D28FB9BB07050CB09096690A509461B4C7CE7B1A3729C0C6C0CD532EFD1B7F651DD941FB9306CB87F54DCDB9186643');
INSERT INTO "entry" VALUES('4924df1717421f44b23191aafa61dc0a','fdfd67a92f8a6e3ff33a5de2ed33695e','mood-check','1.0','individual',NULL,'submitted','2026-03-14','America/New_York','2026-03-15 00:30:00.000000','2026-03-15 00:30:00.000000','2026-03-15 00:30:00.000000',1,1,X'016335613161376330D585DFEF5D813F5653DE4A86123D712749345B35D16275D824289841D52ECD77A7215A3463AA50F2AA534110951F92BA18F7EF97A84BB58BA6C71A85CE711CAB66609CA5325DE1FD61AFEB2E53B148B83A96A35AE7DCEE11A08A51E68DD989740C87C19995FE24B5FF53767AA22BF18B9093A69EA33F75890C7D08A4A38CE5C19A54EF2B2C271DD3DF18A6A6B5CEF6BC437698AEB3486010832EC706CCC6338EC5C8254E716BEFF5978106130E67AAF8C6A5A1D4BECC1F7AD4A45A1F35387150F377168169257FD9A4B10302AD8F8C74117176713F66F37B8B182EE51F1027E03C3B29697FDD14DC3331F431C66B51');
INSERT INTO "entry" VALUES('16d5c247d12df6a3f2a6a024194fd86a','fdfd67a92f8a6e3ff33a5de2ed33695e','mood-check','1.0','individual','4060c427a1057a0794b10c88ab8790e8','draft','2026-03-14','America/New_York','2026-03-15 00:30:00.000000','2026-03-15 00:30:00.000000',NULL,0,1,X'016335613161376330167A16F1713C9DE63F055EFC193CEC8139F186C490AC7C63453EAB6EB73754477CCC4D14382AA52C71E0E5F7DC8566CA3255752D86C622DE20C11E296B18D91EFA3999D7BD37FAF0FDC894618226F08710B8A25B4ACA3CD297C2C5451E5A70CFA2B86D21905B92583D81FABA003D93C27EA9926AE8C0CF8034E3BE3EEA28702C1223BB0CB8A9365C7E8B4DF4A9337267A64334907090DB3A885D318BCA2C8D9349CADDC8555294373DD2C4D4D1');
CREATE TABLE envelope (
	person_id VARCHAR(40) NOT NULL, 
	id VARCHAR(40) NOT NULL, 
	master_id VARCHAR(40) NOT NULL, 
	sealed BLOB NOT NULL, 
	CONSTRAINT pk_envelope PRIMARY KEY (person_id, id), 
	CONSTRAINT fk_envelope_person_id_person FOREIGN KEY(person_id) REFERENCES person (id)
);
INSERT INTO "envelope" VALUES('fdfd67a92f8a6e3ff33a5de2ed33695e','c5a1a7c0','invented',X'01696E76656E74656400EFB0163B04730C900B1FC366A9A89679F273ED6A403172814E22C0AF874B28FB99B60E93F6D0574433133D94CB1099BF92B7C59E8A29D1FCEC8741AE027FF214E79477A5FAC2275BFDCF5D95B1DB1E18C85210FFE4EA8EB191EE3D');
INSERT INTO "envelope" VALUES('c2701fe156eb779b78777a3f5c805839','46fb3e22','invented',X'01696E76656E74656413D4CC0632D3EA506EBBEFFD5B99334BD3A48C7DA42E19B5C3D00B69C5087136DED507911C93B5C94EF4BF8B8CD0A289A4AD6FA8F591B3ABCA0E47075E647638ED9A33C2A8CEDE7513C23F94EAC804BCB18DD19890DF911391988B76');
INSERT INTO "envelope" VALUES('9c719ec7d0cc4029a17f543aa7ba40f9','377702d2','invented',X'01696E76656E746564DA14F74FDC29CA48BF3408B3F16E324644C0EEEBE17ED8F6683B0543198FD3F209CDF963684DFBBCB872BC075263507951B0DB9A349738B350B301D7D65EA9CF22A450647852F1692CF4DA2F161D192CD494C9635832CC1E261B1E54');
INSERT INTO "envelope" VALUES('32154995cec56aee778148d45e15085f','ef02db88','invented',X'01696E76656E74656430028170F2808C421114C9BCE723C71DBA0BA3C027AAEE7BBE6CC7078C9CF795DBC23D57933FF16B2FE4E95E3715ACB65040554E2D14FC6B6E8EB22ADCD215E84A1E7B9F9A02BDF7F518616905F5850E153BCCA41DC55EEAB243C699');
INSERT INTO "envelope" VALUES('02e2f60c0e2496d6b4748441f9282998','21f210ad','invented',X'01696E76656E7465645B768D3606D3BB942D9CC69CFF34D1E80A034DB9D276B5C679D22998CF82A3FB7FAB78AA6E2C18B6E6391D017B33438F8445FC7BFE96B99777155E2A8750459819BD10AB74498BFDE1A106B356112DB78A81FC458F0E9A9589407CE1');
INSERT INTO "envelope" VALUES('aa490792ff19c902ee48bab9bd5370e3','811197ad','invented',X'01696E76656E7465642AE3D613048DD616A1299C5B4781351D16DF71A7DBE15A2652AC117D88B0A21CA373E08CE2BC630FC00316D2F0DB674D661C5FFF009073E5F1B62BEC2133A7EE5E8D6167347E33A19C45C922E2287E8CCE292106159A7C1F869459CC');
INSERT INTO "envelope" VALUES('516c585e8dee46e52a5e9b5d36024cf5','d9ec45ed','invented',X'01696E76656E746564FE97A5C5D524A56BDE1087513CDEE74AFF151DE6517C4B37715F1189C3B6C9AB2DF4BDD2C4F2944E7A4CEDE54F7FEF947387E222433A117D7DBBF52F68823F837660DAA86584A6C4A5EF54FC5116B258F7A280961CEC60AB560702E4');
CREATE TABLE key_check (
	key_id VARCHAR(40) NOT NULL, 
	sealed BLOB NOT NULL, 
	CONSTRAINT pk_key_check PRIMARY KEY (key_id)
);
INSERT INTO "key_check" VALUES('invented',X'01696E76656E74656413CCFBF26BB416C45AB53E8086D59AA003770D3C2D2FB3675E7FF115751887619606');
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
INSERT INTO "message" VALUES('d1d76126d3e274f5a1367a8c5b473e1b','m-d1d76126d3e274f5a1367a8c5b473e1b','fdfd67a92f8a6e3ff33a5de2ed33695e','2026-03-14 00:10:00.000000',NULL);
INSERT INTO "message" VALUES('d35f66f016db012671dd755d3337560f','m-d35f66f016db012671dd755d3337560f','fdfd67a92f8a6e3ff33a5de2ed33695e','2026-03-15 00:20:00.000000',NULL);
INSERT INTO "message" VALUES('d35f66f016db012671dd755d3337560f','again','fdfd67a92f8a6e3ff33a5de2ed33695e','2026-03-15 00:20:00.000000',NULL);
INSERT INTO "message" VALUES('4924df1717421f44b23191aafa61dc0a','m-4924df1717421f44b23191aafa61dc0a','fdfd67a92f8a6e3ff33a5de2ed33695e','2026-03-15 00:30:00.000000',NULL);
INSERT INTO "message" VALUES('16d5c247d12df6a3f2a6a024194fd86a','half','fdfd67a92f8a6e3ff33a5de2ed33695e','2026-03-15 00:30:00.000000',NULL);
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
INSERT INTO "person" VALUES('fdfd67a92f8a6e3ff33a5de2ed33695e','client','ava',X'0163356131613763300BD04F4E5BC0513CFFCD3C489E1E736C256D424738F9B42EFC9ED6D0402E75D6666927455A54FFBC095049EE43F1DBF97CDC','America/New_York','[]',0,'$argon2id$v=19$m=8,t=1,p=1$fNCDt2CyMn39zhWyO6bM2g$6T14SB0ut3QO/wdftUx47ChkV1ewQt9VlzQyo0jc+8E','2026-03-14 00:00:00.000000');
INSERT INTO "person" VALUES('c2701fe156eb779b78777a3f5c805839','client','ben',X'013436666233653232C6656E6E380A1346F74472705C3734DFABD8C8B8EC5BE2468CA09BEA85EDDFDBF1CA8D3173C547A04A1AD25BD47C90D76E1E','America/New_York','[]',0,'$argon2id$v=19$m=8,t=1,p=1$C+Xqtx6T6FEb9PbeYk8KOQ$O0wRXOUZ8+IERoeigkcNuma8Fzcc0FLXmjpZY85xc+E','2026-03-14 00:00:00.000000');
INSERT INTO "person" VALUES('9c719ec7d0cc4029a17f543aa7ba40f9','client','cam',X'013337373730326432CB877F1B04117FDF5F78220EC34547B3D4D3FE9C758D3931A0A0651EFC1D8D4A8D16C16C10D7ECAC05D56F0AB6D53ACC4D','America/New_York','[]',0,'$argon2id$v=19$m=8,t=1,p=1$xrXPTl8eJu6AXu/we3W32A$M1T3jKmbfiwX+mWocNGtWe7mY1SF/sdV/bQlj9auELc','2026-03-14 00:00:00.000000');
INSERT INTO "person" VALUES('32154995cec56aee778148d45e15085f','clinician','ina',X'016566303264623838DB64201EA032ADD70DAE477FC20BE205E1A4FF00E715D3825AA607AA2C6E18346F267979A9F7FD983FC154F369C55A768B352E','America/New_York','["individual"]',0,'$argon2id$v=19$m=8,t=1,p=1$gwTQ4g+7mlHfDn6JW8jukw$LyH+VzAT4qnYVpi5+C4WUDBqao7KKQsrgcziMAWMdp0','2026-03-14 00:00:00.000000');
INSERT INTO "person" VALUES('02e2f60c0e2496d6b4748441f9282998','clinician','cole',X'0132316632313061640B7A5D33729374292D01936F482424B31FD3B0577778F2ABC8583E922C47A7987797DD4FDBA354E8943CEA27DC2859880707560A','America/New_York','["couples"]',0,'$argon2id$v=19$m=8,t=1,p=1$Qfz9iqCgSByJp5W/ZAOz1A$VVQKIVH6bq3x21Khvx4J+FcxPT9rbwKCk1TYUPz86RI','2026-03-14 00:00:00.000000');
INSERT INTO "person" VALUES('aa490792ff19c902ee48bab9bd5370e3','clinician','sue',X'01383131313937616413F631189DB146AE04937943C9C75AA60710DB89C75E92832E2E2BF853E86CC7BB0DEED387EC196BB64E19FDCE532AFC3282B6','America/New_York','["substance-use"]',0,'$argon2id$v=19$m=8,t=1,p=1$uGBW16VV2M6sr4WxZui2xA$Rma4vf53oh9T3ip7O6S5nBs9ze9a2pTHKV9YLcu0pKo','2026-03-14 00:00:00.000000');
INSERT INTO "person" VALUES('516c585e8dee46e52a5e9b5d36024cf5','coordinator','cora',X'0164396563343565643FE0D6444AF3006D60BBE66DABE746D93A6A92CD593A2BF13D39D972FEDA8B7A8311E700EF0F4B0E1727D7119E52280E29CB263B','America/New_York','[]',0,'$argon2id$v=19$m=8,t=1,p=1$J3lQASFcXExF2Vlms9iy0g$KrBODUNyFojjrDF9QLj89CJ2bXVomi9B9yN3s0b8SYA','2026-03-14 00:00:00.000000');
CREATE TABLE reading (
	entry_id VARCHAR(40) NOT NULL, 
	person_id VARCHAR(40) NOT NULL, 
	revision INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_reading PRIMARY KEY (entry_id, person_id), 
	CONSTRAINT fk_reading_entry_id_entry FOREIGN KEY(entry_id) REFERENCES entry (id), 
	CONSTRAINT fk_reading_person_id_person FOREIGN KEY(person_id) REFERENCES person (id)
);
INSERT INTO "reading" VALUES('d35f66f016db012671dd755d3337560f','32154995cec56aee778148d45e15085f',2,'2026-03-15 00:20:00.000000');
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
INSERT INTO "revision" VALUES('0c4bc80426da2472eea37207fd37b97c','d1d76126d3e274f5a1367a8c5b473e1b','fdfd67a92f8a6e3ff33a5de2ed33695e',1,'fdfd67a92f8a6e3ff33a5de2ed33695e','2026-03-14 00:10:00.000000',X'016335613161376330E24D64252BA85B99A0058DE4C56C37FAB9599540BB86B81772A4FEC974CF30C82CC733794682EA5807CFDBD1EC37E8ABA0053AA226681427127AFB85070403DD75C21A101AA2B4B5E15BA92B001DCE79E493759608AF8E3A261940CADA5705FB0D2AC40FDEA1A3E4EC587D6FF4DA0F455A89E4D2F47FF36477E836BB41B24260429EC8DFE9EEB4582B3134ED58A56A47123C8484E0C08F77052763');
INSERT INTO "revision" VALUES('33fc548381d7e9f9010e0a4fde35702d','d35f66f016db012671dd755d3337560f','fdfd67a92f8a6e3ff33a5de2ed33695e',1,'fdfd67a92f8a6e3ff33a5de2ed33695e','2026-03-15 00:20:00.000000',X'01633561316137633045297EC21D6A20580C0B286601B09EF624F2BCA69FF5CB39BE1EE08AFF9246626978EADB65DAA9FE1E772DE73789503E78C8C77D0B8226D6B8A6BAA620A1F217C7D63679F4F4DB44BA4DDD9A0A528E98FA204C0EAAFCA453B968C7A33031E401461D08CBBF46D0860ED529CAC2C4F4EDD7D976F849C8AF8BF3C523E3208B03F2C8EEAA8DA639EF4833270436DED4AA36C957D9374D55AE024A5962B6D392D1AEDCFDCACBC2967445C14A9FAA11E231E6709E05E75D7EED2107BB97151F31D2EC29552249DC715B9BDEB2E855D072BB0E3EEB5B');
INSERT INTO "revision" VALUES('43f4ff81ea7ef47047d33f261339db12','d35f66f016db012671dd755d3337560f','fdfd67a92f8a6e3ff33a5de2ed33695e',2,'fdfd67a92f8a6e3ff33a5de2ed33695e','2026-03-15 00:20:00.000000',X'016335613161376330D692CB22A10CF0FBFC6DFC931CCC9B22509D238A909E5FF75F99DB8825E9EA57150FAC8A070A2F2D4F2E6417F3F223637F01FD804E62FE521D727210865C84610E963EBE3F5D302DC07A9D661B91BB88509D95E8434CAAEB3319F1DE482C8BB42BCE8C4D6C49CD50049D0EFDFA3F1D518133F056D79554D967CA92E6A79B5473645C25F1135093CDB56EF16DCD5445F82311999E3BA95021DCA6FFF0');
INSERT INTO "revision" VALUES('7f27d393881ece1425e800dc3cdfb204','4924df1717421f44b23191aafa61dc0a','fdfd67a92f8a6e3ff33a5de2ed33695e',1,'fdfd67a92f8a6e3ff33a5de2ed33695e','2026-03-15 00:30:00.000000',X'01633561316137633043F91AAEE279DC34DC4D04B30BC9641088957B9F94F4E37F69FC204B2AF7B17681FF04A1CA1D6A95E0648A907A17DBF3150D3A42FDD9D558DECBE45E36EF636047344C330E6D43C94B057A82C802E5A8A41D0F36D66144B2896E230175CD83F8896B061CF172BC82CAA33095AC0A02102C5CEDD8D37BDA0F7D5F389E85498E87BE5C3465A4');
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
