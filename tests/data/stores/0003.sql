BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0003');
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
INSERT INTO "alert" VALUES('c17d13a22ad0ecf3763bae40f1a40cb8','68ea0f6b9513fa75aa9513b150d66eda','d1bc41c8b51dbc7409e9aadcd1444c0e','individual','high','2026-03-15 00:20:00.000000','["2bd43b9260a3e1389bf3ca1cda12f731", "4c80ae5e90f4dfead5eeefb86a92172a", "603dc8a31e87f520d5c2b54e2205de8a", "74b95535b6d65745c625335e8636c75b"]',X'016531386235363431C790857E09EA7888ACF4CABC7A7FA66F9B62EBCAEFA89D007FF2CDEF13B36B32EB6933B1D6C584BF50652921C71E56C9851FA8E364E796F0169307896B96280EB17E9D8EFADDEA5F0C5C85A120191B881C7E421F56E3A61ACF84','2026-03-15 00:20:00.000000','2bd43b9260a3e1389bf3ca1cda12f731',X'016531386235363431FDCD15AFCB324897D3A5561B34CB5BBD429880599F15C05079594A843E50F987308E0598AB4C6946D4685C46B715B7EDF2030AA81E286C');
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
INSERT INTO "assignment" VALUES('e01647534670fd27ee319650e59c5d5d','68ea0f6b9513fa75aa9513b150d66eda','2bd43b9260a3e1389bf3ca1cda12f731','mood-check','individual',X'016531386235363431073FF975CE5458F871B4FE28F6B64EDDFD06CD714352BF5B4AD9619867EDA2535651D897DE7B4C21C92345AF1B2B84B91E14DF19','FREQ=DAILY','21:00:00.000000','2026-03-13',NULL,'2026-03-14 00:00:00.000000',NULL);
INSERT INTO "assignment" VALUES('400a3473979770a8ca92a5c6f5f5bb7f','68ea0f6b9513fa75aa9513b150d66eda','2bd43b9260a3e1389bf3ca1cda12f731','mood-check','individual',X'016531386235363431D2ECF861912700DAA92F54B8433FDAB4496B4987691697B4AEFAE1EFFD4A3C5C0C7A685C1D55FB','','21:00:00.000000','2026-03-13',NULL,'2026-03-15 00:37:00.000000','2026-03-15 00:37:00.000000');
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
INSERT INTO "audit" VALUES(1,'2026-03-14 00:00:00.000000',NULL,'operator','people','68ea0f6b9513fa75aa9513b150d66eda','person','68ea0f6b9513fa75aa9513b150d66eda','invented','59be50782ac4bceaacb38fd0e76d0e490ebd36a65fb121a4a6868b4e87207cc6');
INSERT INTO "audit" VALUES(2,'2026-03-14 00:00:00.000000',NULL,'operator','people','7356824851a6e2c6323d095a9286a87c','person','7356824851a6e2c6323d095a9286a87c','invented','f04b576778f31153d51af3bf9b7d63467cd7d19d07d1c7d8587ac558878af6a5');
INSERT INTO "audit" VALUES(3,'2026-03-14 00:00:00.000000',NULL,'operator','people','ed850474b390e1c8aa28e350e210e2a7','person','ed850474b390e1c8aa28e350e210e2a7','invented','f3dcc8d67b38f1a420910805cc2aa32de21b94358cf4ca3a430eda6887efaf1c');
INSERT INTO "audit" VALUES(4,'2026-03-14 00:00:00.000000',NULL,'operator','people',NULL,'person','2bd43b9260a3e1389bf3ca1cda12f731','invented','b8d7c91f55c32181e8e46ae45b15ec187304c1e5d4c35e6ab5968ff38d2d8609');
INSERT INTO "audit" VALUES(5,'2026-03-14 00:00:00.000000',NULL,'operator','people',NULL,'person','603dc8a31e87f520d5c2b54e2205de8a','invented','ba4c630f4c25ef800907706fc6d1e71c3932316ddabb513708ee133a9d0743d7');
INSERT INTO "audit" VALUES(6,'2026-03-14 00:00:00.000000',NULL,'operator','people',NULL,'person','74b95535b6d65745c625335e8636c75b','invented','5d52d586945320904bfaf1a0c19c8e7941b891d18f78f92d176aaf5efc4b6d28');
INSERT INTO "audit" VALUES(7,'2026-03-14 00:00:00.000000',NULL,'operator','people',NULL,'person','4c80ae5e90f4dfead5eeefb86a92172a','invented','4c0ec8afa93a9eab705ecfce78a2a8daa1e8c2af9fa02bb5b856bc4d104cb30f');
INSERT INTO "audit" VALUES(8,'2026-03-14 00:00:00.000000',NULL,'operator','people','68ea0f6b9513fa75aa9513b150d66eda','couple','e41e6365cb9455fee60b7efe8215af00','invented','b44cd401f5b19408883a80444395093fd1f31dc70ac530d63b8123bda6770968');
INSERT INTO "audit" VALUES(9,'2026-03-14 00:00:00.000000',NULL,'operator','people','7356824851a6e2c6323d095a9286a87c','couple','e41e6365cb9455fee60b7efe8215af00','invented','371e7adf22b1fbb3926d0256d6742fa9e2f5e84cdca83265aa5999ca28093117');
INSERT INTO "audit" VALUES(10,'2026-03-14 00:00:00.000000',NULL,'operator','people','68ea0f6b9513fa75aa9513b150d66eda','care-team','2bd43b9260a3e1389bf3ca1cda12f731','invented','8cdf45b426084c277b0dc8f162f322f63cd1f7a0082185e5b250f9c626f9d936');
INSERT INTO "audit" VALUES(11,'2026-03-14 00:00:00.000000',NULL,'operator','people','68ea0f6b9513fa75aa9513b150d66eda','care-team','603dc8a31e87f520d5c2b54e2205de8a','invented','659b450aefdab9562cca61ac846aaa7fcceb761ece81907f503dcb54a125ae50');
INSERT INTO "audit" VALUES(12,'2026-03-14 00:00:00.000000',NULL,'operator','people','7356824851a6e2c6323d095a9286a87c','care-team','603dc8a31e87f520d5c2b54e2205de8a','invented','88a6a0469eb1a218c9ebb0138d0a2880b843fdb6479fd95afce4953d267f7039');
INSERT INTO "audit" VALUES(13,'2026-03-14 00:00:00.000000',NULL,'operator','people','68ea0f6b9513fa75aa9513b150d66eda','care-team','74b95535b6d65745c625335e8636c75b','invented','793c139e026675775928fed06728422e9b5157737e8c2da10f079dae87f9fd51');
INSERT INTO "audit" VALUES(14,'2026-03-14 00:00:00.000000','2bd43b9260a3e1389bf3ca1cda12f731','operator','assign','68ea0f6b9513fa75aa9513b150d66eda','assignment','e01647534670fd27ee319650e59c5d5d','invented','b2556208a3107b9a94c9fd1416586d972bb60059d37f8aa1722389969722fabf');
INSERT INTO "audit" VALUES(15,'2026-03-14 00:10:00.000000','68ea0f6b9513fa75aa9513b150d66eda','operator','submit','68ea0f6b9513fa75aa9513b150d66eda','entry','a3dcc4797b151f21a3cd6ab554b30c56','invented','6678b455033faf3964ed1eb7a0187dc6a5ccab1a92582816ddca45bc7882c954');
INSERT INTO "audit" VALUES(16,'2026-03-15 00:20:00.000000','68ea0f6b9513fa75aa9513b150d66eda','operator','submit','68ea0f6b9513fa75aa9513b150d66eda','entry','d1bc41c8b51dbc7409e9aadcd1444c0e','invented','f589b9ae6a0d22ce61ef7eaaa91efde560d90e5c1997714803857965e850f8fc');
INSERT INTO "audit" VALUES(17,'2026-03-15 00:20:00.000000','68ea0f6b9513fa75aa9513b150d66eda','operator','view','68ea0f6b9513fa75aa9513b150d66eda','entry','d1bc41c8b51dbc7409e9aadcd1444c0e','invented','61d0aa2d2167c2d9825ebc9198abba87e07ef23407bfd8975f2b3c72a2d85ca2');
INSERT INTO "audit" VALUES(18,'2026-03-15 00:20:00.000000','68ea0f6b9513fa75aa9513b150d66eda','operator','correct','68ea0f6b9513fa75aa9513b150d66eda','entry','d1bc41c8b51dbc7409e9aadcd1444c0e','invented','2c8859f6181a3cae6415b1fa9e682fdc8e3aec7bc2989815009113aa61bcea3c');
INSERT INTO "audit" VALUES(19,'2026-03-15 00:20:00.000000','2bd43b9260a3e1389bf3ca1cda12f731','operator','view','68ea0f6b9513fa75aa9513b150d66eda','record',NULL,'invented','c3c64e1c78a6081c5fa30927f97e9938142c33e2dc3d59ba9cd0e40e0c2814f4');
INSERT INTO "audit" VALUES(20,'2026-03-15 00:20:00.000000','2bd43b9260a3e1389bf3ca1cda12f731','operator','acknowledge','68ea0f6b9513fa75aa9513b150d66eda','alert','c17d13a22ad0ecf3763bae40f1a40cb8','invented','bb4431259fd92eefafa0d91c08c19788a77289d48278a98fcaa580c024a3addb');
INSERT INTO "audit" VALUES(21,'2026-03-15 00:30:00.000000','68ea0f6b9513fa75aa9513b150d66eda','operator','submit','68ea0f6b9513fa75aa9513b150d66eda','entry','93e4920bfc68a12d0b4d0db6e74ea914','invented','3377e9f14411cc30d9c33b5e71d75fcbd7e5dd2d2384e63ed021aa41eab18cfd');
INSERT INTO "audit" VALUES(22,'2026-03-15 00:30:00.000000','68ea0f6b9513fa75aa9513b150d66eda','operator','save','68ea0f6b9513fa75aa9513b150d66eda','entry','f30f1f9a31a558f03ddfec3d6155847f','invented','ce077dbcce8d58f844cd2c19927b0ad69a2ce5646636d21a6fb68cd0a3c0bdb5');
INSERT INTO "audit" VALUES(23,'2026-03-15 00:37:00.000000','2bd43b9260a3e1389bf3ca1cda12f731','operator','assign','68ea0f6b9513fa75aa9513b150d66eda','assignment','400a3473979770a8ca92a5c6f5f5bb7f','invented','b8a42214d3cb9b2fad59e48171a1bbb33f4e7d9d76e0fe3515af6203c0bae90b');
INSERT INTO "audit" VALUES(24,'2026-03-15 00:37:00.000000','2bd43b9260a3e1389bf3ca1cda12f731','operator','stop','68ea0f6b9513fa75aa9513b150d66eda','assignment','400a3473979770a8ca92a5c6f5f5bb7f','invented','adebb73202246ac1dd56f42646fc3332390aab69d3e274705fba2c85920743cd');
INSERT INTO "audit" VALUES(25,'2026-03-15 00:44:00.000000','7356824851a6e2c6323d095a9286a87c','login','people',NULL,'language','7356824851a6e2c6323d095a9286a87c','invented','d6d50dc436a0140606daf7969a7c9ed211996d867357f700eedd22dee405b217');
INSERT INTO "audit" VALUES(26,'2026-03-15 00:44:00.000000','68ea0f6b9513fa75aa9513b150d66eda','operator','view','68ea0f6b9513fa75aa9513b150d66eda','record',NULL,'invented','87a80cdc4f469038ef9c547a23e5a623c337a00178674aedb8f0554f16ab7298');
CREATE TABLE audit_head (
	id INTEGER NOT NULL, 
	seq BIGINT NOT NULL, 
	mac VARCHAR(200) NOT NULL, 
	CONSTRAINT pk_audit_head PRIMARY KEY (id)
);
INSERT INTO "audit_head" VALUES(1,26,'87a80cdc4f469038ef9c547a23e5a623c337a00178674aedb8f0554f16ab7298');
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
INSERT INTO "care_team" VALUES('a72e5175a3f1ac2379d1d1ad77df19e6','68ea0f6b9513fa75aa9513b150d66eda','2bd43b9260a3e1389bf3ca1cda12f731','individual','2026-03-02',NULL);
INSERT INTO "care_team" VALUES('53669d1108153fa9ad71f05217a0525d','68ea0f6b9513fa75aa9513b150d66eda','603dc8a31e87f520d5c2b54e2205de8a','couples','2026-03-02',NULL);
INSERT INTO "care_team" VALUES('c613fce083c3ea4b199b8aedb541ab88','7356824851a6e2c6323d095a9286a87c','603dc8a31e87f520d5c2b54e2205de8a','couples','2026-03-02',NULL);
INSERT INTO "care_team" VALUES('1ac5bd72a9a3e1511afe8a3a3c342cae','68ea0f6b9513fa75aa9513b150d66eda','74b95535b6d65745c625335e8636c75b','substance-use','2026-03-02',NULL);
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
INSERT INTO "couple" VALUES('e41e6365cb9455fee60b7efe8215af00','68ea0f6b9513fa75aa9513b150d66eda','7356824851a6e2c6323d095a9286a87c');
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
INSERT INTO "entry" VALUES('a3dcc4797b151f21a3cd6ab554b30c56','68ea0f6b9513fa75aa9513b150d66eda','mood-check','0.9','individual',NULL,'submitted','2026-03-13','America/New_York','2026-03-14 00:10:00.000000','2026-03-14 00:10:00.000000','2026-03-14 00:10:00.000000',1,1,X'0165313862353634313BA17FF24523D19AA592D3A79D27961540499FAD2C5D7EC9B6A5A4B2BB30677927351C4ADB553F25CBACFAF2CAD7BBF8BDC088F4771AD6E97D1452F4559CEB935CD975AECE5DDB6DFAD261E542F8D2205F26CCAF2ED1B51F5FC07B524550F27FE093888BD9AEFFC2535EE8ACB00814E1559DE21C506C429CB7B3E2FAD6DDA98C0DEBB7666E1506BD32004A601EBE7E1E42D2519789241E881BF2F096C62833398C29DF6530FC3F65DF0DAED31A243C03CCA30AD009F48F2FC397BBC1B3EF2FDF8473898BB865E8283FE7DB3FFA92A5DB4060EE8A8A1EBA5319D054F4D8B08CCE8C3725D02E0B03FF310D5C4EF0CED769B8B08F243B4D3FCB8D1DB9EF3A449FBE61F762B194EB33563C7F99CBC74627635F40EEF333F927DDE3515AB4C3290D6A3311889456B8F313A9FADF760F7783DBBCF2F2');
INSERT INTO "entry" VALUES('d1bc41c8b51dbc7409e9aadcd1444c0e','68ea0f6b9513fa75aa9513b150d66eda','mood-check','1.0','individual',NULL,'submitted','2026-03-14','America/New_York','2026-03-15 00:20:00.000000','2026-03-15 00:20:00.000000','2026-03-15 00:20:00.000000',2,2,X'016531386235363431B82D1DBAAC8EB4FF240B402BE3D538499433735291E6F31ED0A5575714FE3245D56F141C8DF0D8459F5917D392FE272A38A61C9F38DC75F91CB22EC828DE6D5B3A58548F933B408C61A7DA87B8C9D3C11302EFFA865261D07A4458CBA106C1C640093F317E39E84B3D39C00EBB5A4472CBC11EBCFA408995558469106BB0DB4631E8C4A69C77ED3DC99B69EC3E1281ED1DFF741329F81A7491E7A3EF957904A7954023D964B48E72140DD5AF22E35CF7067C547F1AC82F4B3258CEA580DF7BAC656D26AC4C7BB937C1287910B2F94ADFF2B30BF5D88D138471B98ED2DB8F37CA5F282F920D779C15478E4ADFC9128B82279F49A0513340D0E1A69A5FDA2AC741A37600D49BA7F48BD3FB7BEEB22C79C73CD60D7BD06B2A414719D55CBC5878781699A36DD12D91969777BF77D2C736379066C504D4048352DE363F795E41068BFB4214F908BD16A393811AA543F155F28CF453CA273C4C6726206DD9E9650AA7E71146D9A3');
INSERT INTO "entry" VALUES('93e4920bfc68a12d0b4d0db6e74ea914','68ea0f6b9513fa75aa9513b150d66eda','mood-check','1.0','individual',NULL,'submitted','2026-03-14','America/New_York','2026-03-15 00:30:00.000000','2026-03-15 00:30:00.000000','2026-03-15 00:30:00.000000',1,1,X'016531386235363431CA3E6822CEE0AA39A1D4F41F89DFB2DCC61BD97440B975F6EC23DBE3DA1938A1C6880316369451D155CBA9859190A9C021DBB301828929FB33778F8B385644449BD5F3F020B97F0D65A8B40316E91E078DECCB8DB7E661DA4EEC7467E64F1FC948364646FA726FF3779BF53CAD93C1FFD308D4F6091AF3FC0E9CB0D30911364F534FD30C2320D185E1615340E88B9549C95666A7530C5F8ADF52593ADCAED4A3E907AE4872DC1B9AA9F1B01582AA82546EF7E17F46E411BBE8B811C1FEBCD347F87275311A6BF81D2639450A5ABD4ED58E2C7AB7FCBEE31FDA81C018321C08BE8C0484C8ADD162A90DA231C4E9FBDA');
INSERT INTO "entry" VALUES('f30f1f9a31a558f03ddfec3d6155847f','68ea0f6b9513fa75aa9513b150d66eda','mood-check','1.0','individual','e01647534670fd27ee319650e59c5d5d','draft','2026-03-14','America/New_York','2026-03-15 00:30:00.000000','2026-03-15 00:30:00.000000',NULL,0,1,X'01653138623536343175E5E15D796CCA38FDFB31470F1969456D77A25A670E0B27F77C2323C6462CEEF59AFBE8BB2C997B72D9DE775E5848F9E06AFD6E5C905DA7F651C96ADDB7B20C5AFEF5A5ABBB43D4D0635A68848721B36643960AF53EF22B0705FE5C016C1DC7DF0FBD66255252AD89ECBAA28EA37F345ABCA85D0EC2B668DCEBEAD531CD3B64F0F22F0ECE66D50B311D05B919294D023B2BFF93C02483ED6BD91243169A0627D0A666CF7A732A22A0604685AC');
CREATE TABLE envelope (
	person_id VARCHAR(40) NOT NULL, 
	id VARCHAR(40) NOT NULL, 
	master_id VARCHAR(40) NOT NULL, 
	sealed BLOB NOT NULL, 
	CONSTRAINT pk_envelope PRIMARY KEY (person_id, id), 
	CONSTRAINT fk_envelope_person_id_person FOREIGN KEY(person_id) REFERENCES person (id)
);
INSERT INTO "envelope" VALUES('68ea0f6b9513fa75aa9513b150d66eda','e18b5641','invented',X'01696E76656E746564789C5CF95EFD4FB23291BF7D83774DFB4369A0A7779B4237D3370F4C8704CFD5D5EB1EB9F875D516FD39FFFFE425849C8BBC6004E8C16AEFCE530A4740CD9C6200B1D8C45783192AABAADEEC1B8624B5D6B00C537429DEDAF67B9AF4');
INSERT INTO "envelope" VALUES('7356824851a6e2c6323d095a9286a87c','53f7209b','invented',X'01696E76656E746564FD64CC742F2A7FABC44962EC9258A6E7FC08FEB6B741922259FC16A3EB18C7DCFF62F66CBFD024044832621254629BCCDF9215D014AC36B095710298790943CDA072745446C3968D64B72CABFF0CE7C71D101DDECB20890D168B9C52');
INSERT INTO "envelope" VALUES('ed850474b390e1c8aa28e350e210e2a7','4ee9028f','invented',X'01696E76656E7465649B40DFE9CBD0F43B9A11D7512D4D836754FA02B91CB2E9B0AB69E02BB2E2A5AB5B8292B9ECDC236446AB9F52B2A7A2CD8EF928593CBB9FAAAD042E846E6B41C81883D29099981E9D3B953CFA6DEF8BD3514C8E095831D905149043FB');
INSERT INTO "envelope" VALUES('2bd43b9260a3e1389bf3ca1cda12f731','b1775bd9','invented',X'01696E76656E746564BAF49031BC13E769928C5BAF81AFA211AED1CD7813C4AE45C47FC26E187C854BB34B2EA65E2627D2E1EFB285B758F4D31E843A8C518FA148B0D8CCF20B6A262C82AD5FEBAD4758197F9E482F612D64F51556DC2DFE403711485A09DB');
INSERT INTO "envelope" VALUES('603dc8a31e87f520d5c2b54e2205de8a','d4608c2b','invented',X'01696E76656E7465649C4AD71483AC5FCDA70A098B49134157E736CCAB31C1DB7214FD7E52F5BDE0D426C032E4D187AFF460E0E1AB0647B03A294CC4E09A372C745341B1829E5B6A67A12617CC91579AAE625DA9EEC5F48B8854C08B6E2CC962A3D7C624AD');
INSERT INTO "envelope" VALUES('74b95535b6d65745c625335e8636c75b','8de38965','invented',X'01696E76656E746564156D299F7AD28A187D5C1555EABC89DE2A7EB619BD97C20CEC4205867B7F409305AB0533A2C831F6FA9578E19447AF8B11B3F8389AF6C14BC7E87A75A1938E4004F3980610A877EB7677B7E00D92B4E8307DC82DBF4D8DF72DFE8F8A');
INSERT INTO "envelope" VALUES('4c80ae5e90f4dfead5eeefb86a92172a','3a3f90e8','invented',X'01696E76656E7465645CCCBF540B061B0D7E3EC86643546C864C3C4974C1C7397F427C53C7F55A9A90C973841B429C7EDC1C06ADFB624E73A4217E2F5387DB33D2A0A2D69CD60B8C1CCF9D52DCE4EB3996255C52D07825787757F96D76C78A7CE8637049CB');
CREATE TABLE key_check (
	key_id VARCHAR(40) NOT NULL, 
	sealed BLOB NOT NULL, 
	CONSTRAINT pk_key_check PRIMARY KEY (key_id)
);
INSERT INTO "key_check" VALUES('invented',X'01696E76656E746564609DFE481B6401A92480B81FD751E141FB83BE2327B11B34A85997602C0B6429C32F');
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
INSERT INTO "message" VALUES('a3dcc4797b151f21a3cd6ab554b30c56','m-a3dcc4797b151f21a3cd6ab554b30c56','68ea0f6b9513fa75aa9513b150d66eda','2026-03-14 00:10:00.000000',NULL);
INSERT INTO "message" VALUES('d1bc41c8b51dbc7409e9aadcd1444c0e','m-d1bc41c8b51dbc7409e9aadcd1444c0e','68ea0f6b9513fa75aa9513b150d66eda','2026-03-15 00:20:00.000000',NULL);
INSERT INTO "message" VALUES('d1bc41c8b51dbc7409e9aadcd1444c0e','again','68ea0f6b9513fa75aa9513b150d66eda','2026-03-15 00:20:00.000000',NULL);
INSERT INTO "message" VALUES('93e4920bfc68a12d0b4d0db6e74ea914','m-93e4920bfc68a12d0b4d0db6e74ea914','68ea0f6b9513fa75aa9513b150d66eda','2026-03-15 00:30:00.000000',NULL);
INSERT INTO "message" VALUES('f30f1f9a31a558f03ddfec3d6155847f','half','68ea0f6b9513fa75aa9513b150d66eda','2026-03-15 00:30:00.000000',NULL);
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
INSERT INTO "person" VALUES('68ea0f6b9513fa75aa9513b150d66eda','client','ava',X'016531386235363431689FA60BE00F03B96A10E12F233809734980E67BB169E607B69EB332D771ADACD8466D017ABFBF43CD646443F3A932449477','America/New_York','[]',0,'$argon2id$v=19$m=8,t=1,p=1$YEXt+rLkkd7zrgsN9ach1w$nIfYjPKzek+IEMGIfJx6fW/Y2osAk2ZauMf79Ag8ay4','2026-03-14 00:00:00.000000','en');
INSERT INTO "person" VALUES('7356824851a6e2c6323d095a9286a87c','client','ben',X'0135336637323039629DD1591C79CFB1D85DDF2DC3E5D241206E130B7EEBEF3D6C648D83D9938F826BA257E5CD95779DA126B3B655ACCF6F25C943','America/New_York','[]',0,'$argon2id$v=19$m=8,t=1,p=1$snwCbK4fpfky4Ks0fClD+g$leRGsT0BoVApnZphSaDR3wli7W8ss7Lpj1fFJv9Fwqo','2026-03-14 00:00:00.000000','es');
INSERT INTO "person" VALUES('ed850474b390e1c8aa28e350e210e2a7','client','cam',X'0134656539303238666E1ABA6DB4FD579ABF0F97C3758CAE566A6516E765F1892F81666DA3D56F01B2AB819D7F3465CA3E228C2E4537FA6F7BD0','America/New_York','[]',0,'$argon2id$v=19$m=8,t=1,p=1$LJvavWqQdwdPB/DRIE7aHw$7FVWyoiNBj/OI/PgPMOBlwqXu3UotlQN9rZgwkgHnJ4','2026-03-14 00:00:00.000000','en');
INSERT INTO "person" VALUES('2bd43b9260a3e1389bf3ca1cda12f731','clinician','ina',X'016231373735626439D1200645C6459E369669F2120A2923801E949603373C9AEDA27DD4A55A5E117805078B763ABEEF16BAE9BB98B871760F85CE2C','America/New_York','["individual"]',0,'$argon2id$v=19$m=8,t=1,p=1$5qAn6EmfgViRczS0XxpbQg$dltZKqeJV5tKdJkYhJJofbtaWjvUagpei5LZeiSrij0','2026-03-14 00:00:00.000000','en');
INSERT INTO "person" VALUES('603dc8a31e87f520d5c2b54e2205de8a','clinician','cole',X'016434363038633262E14C4D9F5DA196628BC11C8A1AC0707F02B32A6F4332AA0C5F6ECE33F588D3ECB707594B5884D554485D40D0D42DCE8F82712F23','America/New_York','["couples"]',0,'$argon2id$v=19$m=8,t=1,p=1$go+deMwIn6eukGltKY6Fuw$rfe0xu9pB3yYduwIWJJHjx9p9SO1ksOzkVAmrZRqG2s','2026-03-14 00:00:00.000000','en');
INSERT INTO "person" VALUES('74b95535b6d65745c625335e8636c75b','clinician','sue',X'013864653338393635A65253938BA959B0773151BCDBFE3111C007D530F96872F8D54682D7BCC3A098B07448AD4915B2B0EE522206A3ED203B7A8C43','America/New_York','["substance-use"]',0,'$argon2id$v=19$m=8,t=1,p=1$NIyevptNj1tYNaJfLf/zbg$55paNJZ31zuxsPC2ZcaNcI4WEY9xuM6pg6m94Vtz5e0','2026-03-14 00:00:00.000000','en');
INSERT INTO "person" VALUES('4c80ae5e90f4dfead5eeefb86a92172a','coordinator','cora',X'013361336639306538452F5F8A01E9426602A256B8FC1F249D0E243E38FE0369CC85294E76E7DADFC0F8686B1DA3647A69143EB7FC3D2F467A4C419C46','America/New_York','[]',0,'$argon2id$v=19$m=8,t=1,p=1$GDAyzaZRhIs8sxo5I/wFyQ$SoFpj7sM5DjOF3PoV0VmNlYn/d8SJsKG7Akz9Gwnq0I','2026-03-14 00:00:00.000000','en');
CREATE TABLE reading (
	entry_id VARCHAR(40) NOT NULL, 
	person_id VARCHAR(40) NOT NULL, 
	revision INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_reading PRIMARY KEY (entry_id, person_id), 
	CONSTRAINT fk_reading_entry_id_entry FOREIGN KEY(entry_id) REFERENCES entry (id), 
	CONSTRAINT fk_reading_person_id_person FOREIGN KEY(person_id) REFERENCES person (id)
);
INSERT INTO "reading" VALUES('d1bc41c8b51dbc7409e9aadcd1444c0e','2bd43b9260a3e1389bf3ca1cda12f731',2,'2026-03-15 00:20:00.000000');
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
INSERT INTO "revision" VALUES('92f1157dd3e0485ac7cfe0bae3faee0b','a3dcc4797b151f21a3cd6ab554b30c56','68ea0f6b9513fa75aa9513b150d66eda',1,'68ea0f6b9513fa75aa9513b150d66eda','2026-03-14 00:10:00.000000',X'0165313862353634311ABAF54F1486153A600749299F18BFBE70A9C0A47E50376E339B5E051A59C9C482A51337FB7081C84D328C811DB491F86EF271B6C3EA538A312CD5D801957B08300CACB0218857A6C3543786FD44BFF3D9868DB850DC536965CCCBD0F5C2E2005C2DFC6EB72E16EB5E065DA4D3318F3091150621090584BB83B3063A2CBFC84352FBF471CC7605A87527C77712946F20E3B02DC491B574ED9D663E');
INSERT INTO "revision" VALUES('d5b094903532577294a401d458614f87','d1bc41c8b51dbc7409e9aadcd1444c0e','68ea0f6b9513fa75aa9513b150d66eda',1,'68ea0f6b9513fa75aa9513b150d66eda','2026-03-15 00:20:00.000000',X'01653138623536343183EC97D612608E52E9C0A1203BE4035B8330BDA06F85899B99D2B3E45B3B2A73AD48F1363AD379BE751584191A22D999755FEB1C2809E4D288EAA34232C7BF50691DEDEA73F156229F7263318C21DABE0BAA2596D32B92D3F352449C29F0F4E3217EF3CE4536932B0908B7829550A816C97483C1D7DAED363CE288D95704A23493FAED27ED236713850208C2A0B70628606B9427FADE83ABA5993E7BC12A45AC34657F23095C50FA6963C9368B0749A6ECE76B5EE819CAC4F260BC67467D2B92AF8AF6095AB584B66EBD7F52A2DBF38AACDBBC');
INSERT INTO "revision" VALUES('ccee8126672eb73826c1172e0d77e4b4','d1bc41c8b51dbc7409e9aadcd1444c0e','68ea0f6b9513fa75aa9513b150d66eda',2,'68ea0f6b9513fa75aa9513b150d66eda','2026-03-15 00:20:00.000000',X'016531386235363431894E720DDE2C477B19B236318076B27B215298B9642AE480C8FB8EF0E523338BB5E60AE10315AC959E4D358FD6922E384AD8E4E766AD13B67758BC15401822E2CA43AC4A1662337E0116A8A891C038259EDE0B60B97B537F37D135E6306FE72EDDC6527B46AD3DFCD1555C24D15140A202B4495B6F93DDAC3FAAC2F92016E08DF962D5B747FFD8ECE1EF6EE7A98F2B5740C22ACBC62DBF0FD8064A4A');
INSERT INTO "revision" VALUES('2846267828e9b0aa70f2735541a230e9','93e4920bfc68a12d0b4d0db6e74ea914','68ea0f6b9513fa75aa9513b150d66eda',1,'68ea0f6b9513fa75aa9513b150d66eda','2026-03-15 00:30:00.000000',X'01653138623536343100AA645CE9C56A2C9F2749D326A039176ED4BB3889EB1C055B4F6AD51DAA58BBA1C35B9EF40902938307E839C6F102961854F04AB1A1AE4468B497C9468A0D55C5AC088EF5246488CB6B5014AA27539EC815788A76B8A9FB2F2404C324C502870E15A90ED000CBF1673EA9132017293F09520F61E736C74C0205D11A8929AA617576AE9A60');
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
