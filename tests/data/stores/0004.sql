BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0004');
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
INSERT INTO "alert" VALUES('8079823705e43c6ad0dc03479d144475','689cc40604e5af3a4cd8db1cba38c558','3e65b7466ec40e2790e3a57c593027ef','individual','high','2026-03-15 00:20:00.000000','["2085c66509f54f6d65334227dc2ecd20", "65039f215b8515a38c159e78c271bb1f", "7088aaf94042164e13b43e9068e7dc44", "9addada3755118641112199fb337f6d7"]',X'0130313433656665324B7C166C21CB9CF7D0132EF761F2A869E941459CBE0707AC81215A3681BDD50C8806E67AE6C6106CFA0C44DCE443A7F36FC04AA23F503193B6CB9F15181C1093F8FF73A20289DFE834C04EE26052969E395686D3D8DCAD2FC2AC','2026-03-15 00:20:00.000000','65039f215b8515a38c159e78c271bb1f',X'013031343365666532668B43067B049C3D1F0E5ADDCF88D4CD32B2DC10FADA41053166F883F13C40F0DE8C2D2C5F40049E76E84664439E634E8A086C60411C4C');
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
INSERT INTO "assignment" VALUES('71caf700a6f9f18884d55ab4fc5af55c','689cc40604e5af3a4cd8db1cba38c558','65039f215b8515a38c159e78c271bb1f','mood-check','individual',X'013031343365666532BE6CBA5C9D425B235F5B8EB91FB852AF8ED4A65D5084B6841DACA2842205E14DE8DE61D41E8D1C2A633AB6EB52ED4899878FCAF0','FREQ=DAILY','21:00:00.000000','2026-03-13',NULL,'2026-03-14 00:00:00.000000',NULL,NULL);
INSERT INTO "assignment" VALUES('93688ec2e6a3e2e9c4a57b9180680927','689cc40604e5af3a4cd8db1cba38c558','65039f215b8515a38c159e78c271bb1f','mood-check','individual',X'013031343365666532A2903530E0B242E02D1E1FF5A8D98FFC3818A0677864558E94768C6366710773E5A56805EFCAB7','','21:00:00.000000','2026-03-13',NULL,'2026-03-15 00:37:00.000000','2026-03-15 00:37:00.000000',NULL);
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
INSERT INTO "audit" VALUES(1,'2026-03-14 00:00:00.000000',NULL,'operator','people','689cc40604e5af3a4cd8db1cba38c558','person','689cc40604e5af3a4cd8db1cba38c558','invented','985c7f5da6f341861ce0de1345ba8770d15b8ac233ae8d462d04e66297aad633');
INSERT INTO "audit" VALUES(2,'2026-03-14 00:00:00.000000',NULL,'operator','people','dac7558a69aea8ce8899748a6ad499d4','person','dac7558a69aea8ce8899748a6ad499d4','invented','4af8be0d293b463bb25144460c2843f46a5c6f61e3d4739e32a68457d7086916');
INSERT INTO "audit" VALUES(3,'2026-03-14 00:00:00.000000',NULL,'operator','people','3e3f539801df425b8e7dea0af380fcfb','person','3e3f539801df425b8e7dea0af380fcfb','invented','3ef1da6918d54d7c50537561275d3d563c796cdd219bf41de64ff9303eed577a');
INSERT INTO "audit" VALUES(4,'2026-03-14 00:00:00.000000',NULL,'operator','people',NULL,'person','65039f215b8515a38c159e78c271bb1f','invented','6d0719115646e9528d58efcd326dde3cc4b72c7118a4588fdb91e99063cd984c');
INSERT INTO "audit" VALUES(5,'2026-03-14 00:00:00.000000',NULL,'operator','people',NULL,'person','7088aaf94042164e13b43e9068e7dc44','invented','bc7c049712b35a28f3f17781e54ad5e53718610091601913b270bc816086ed35');
INSERT INTO "audit" VALUES(6,'2026-03-14 00:00:00.000000',NULL,'operator','people',NULL,'person','9addada3755118641112199fb337f6d7','invented','752e6a10bfa5f8a26b4d77f2817af9b7f3473401b5479aa923819fd8aa19271f');
INSERT INTO "audit" VALUES(7,'2026-03-14 00:00:00.000000',NULL,'operator','people',NULL,'person','2085c66509f54f6d65334227dc2ecd20','invented','5d67939d9d421c880275e31070809e2e14b4b1e565ed5d80394a833ec4c25400');
INSERT INTO "audit" VALUES(8,'2026-03-14 00:00:00.000000',NULL,'operator','people','689cc40604e5af3a4cd8db1cba38c558','couple','b7f2faefeefe397486cf7159619f8088','invented','442142df23363753a42c1060fbb5d02b3d78437739f8554f78dcea0bc936cdd5');
INSERT INTO "audit" VALUES(9,'2026-03-14 00:00:00.000000',NULL,'operator','people','dac7558a69aea8ce8899748a6ad499d4','couple','b7f2faefeefe397486cf7159619f8088','invented','f36ca63d712d44abbaefdd2f30fce318a544cfe38c98a2c43be7cb32c3a3b5fb');
INSERT INTO "audit" VALUES(10,'2026-03-14 00:00:00.000000',NULL,'operator','people','689cc40604e5af3a4cd8db1cba38c558','care-team','65039f215b8515a38c159e78c271bb1f','invented','4e6737402530cb8080ede164c7b1a045ee5ff9ba06f419ee568d77dcae4d93e6');
INSERT INTO "audit" VALUES(11,'2026-03-14 00:00:00.000000',NULL,'operator','people','689cc40604e5af3a4cd8db1cba38c558','care-team','7088aaf94042164e13b43e9068e7dc44','invented','0b5a6ad576b9d7de6973d2c8b67ee9dd3a9ab6aa24c765ad19ed72d1257315e2');
INSERT INTO "audit" VALUES(12,'2026-03-14 00:00:00.000000',NULL,'operator','people','dac7558a69aea8ce8899748a6ad499d4','care-team','7088aaf94042164e13b43e9068e7dc44','invented','4ec185e4cb51b0fc4a903d5660717be312f68bd34b8316e61a72a6659db7c9ad');
INSERT INTO "audit" VALUES(13,'2026-03-14 00:00:00.000000',NULL,'operator','people','689cc40604e5af3a4cd8db1cba38c558','care-team','9addada3755118641112199fb337f6d7','invented','3061496b288de7485ec2443021e962556944d02d25dda51adde212a122d6875b');
INSERT INTO "audit" VALUES(14,'2026-03-14 00:00:00.000000','65039f215b8515a38c159e78c271bb1f','operator','assign','689cc40604e5af3a4cd8db1cba38c558','assignment','71caf700a6f9f18884d55ab4fc5af55c','invented','5259b1ce943e5c43bbb7911d5b9e7cb9160f6be02e65718668acd9a3081365d5');
INSERT INTO "audit" VALUES(15,'2026-03-14 00:10:00.000000','689cc40604e5af3a4cd8db1cba38c558','operator','submit','689cc40604e5af3a4cd8db1cba38c558','entry','ca88b19395b3d7d1fce6b1b9358a821e','invented','7d48c55a80612097950345fc2df0269f8302261d78bfb22e3322a39f3f4bd731');
INSERT INTO "audit" VALUES(16,'2026-03-15 00:20:00.000000','689cc40604e5af3a4cd8db1cba38c558','operator','submit','689cc40604e5af3a4cd8db1cba38c558','entry','3e65b7466ec40e2790e3a57c593027ef','invented','493df3477e4f4a73a767b3a5299b347ca77035e337bf198a51d0b7f2c94c0ce5');
INSERT INTO "audit" VALUES(17,'2026-03-15 00:20:00.000000','689cc40604e5af3a4cd8db1cba38c558','operator','view','689cc40604e5af3a4cd8db1cba38c558','entry','3e65b7466ec40e2790e3a57c593027ef','invented','bdb56b521a8f954e918b5655b3f814c2bb7e36a4033fa47fac1a41fb97fa82bf');
INSERT INTO "audit" VALUES(18,'2026-03-15 00:20:00.000000','689cc40604e5af3a4cd8db1cba38c558','operator','correct','689cc40604e5af3a4cd8db1cba38c558','entry','3e65b7466ec40e2790e3a57c593027ef','invented','09bcff99f7a19d55cdce57cc0f31cdff4570f1d4735c9518755c8ce72ab75bd2');
INSERT INTO "audit" VALUES(19,'2026-03-15 00:20:00.000000','65039f215b8515a38c159e78c271bb1f','operator','view','689cc40604e5af3a4cd8db1cba38c558','record',NULL,'invented','5aab6f637ccc70c33bb8df113564e2055b990fd6bbea2cc612b5d1bde65e7336');
INSERT INTO "audit" VALUES(20,'2026-03-15 00:20:00.000000','65039f215b8515a38c159e78c271bb1f','operator','acknowledge','689cc40604e5af3a4cd8db1cba38c558','alert','8079823705e43c6ad0dc03479d144475','invented','11b33651fc9fe8b9db3bcbb89181c28ad6ac0807e7b00b0bd4485572ab21f94d');
INSERT INTO "audit" VALUES(21,'2026-03-15 00:30:00.000000','689cc40604e5af3a4cd8db1cba38c558','operator','submit','689cc40604e5af3a4cd8db1cba38c558','entry','3f3daccb22d978cc9e9444199e80b161','invented','9d63431420c914ae934e67661452a917e6337c60c0109c6847a192596fd1fd06');
INSERT INTO "audit" VALUES(22,'2026-03-15 00:30:00.000000','689cc40604e5af3a4cd8db1cba38c558','operator','save','689cc40604e5af3a4cd8db1cba38c558','entry','a167410635cf47d815ae47204d248d41','invented','9a625baa01a743f3ccd0ea58622b5665ca7291ef7e5ca99714aff5bea720dad3');
INSERT INTO "audit" VALUES(23,'2026-03-15 00:37:00.000000','65039f215b8515a38c159e78c271bb1f','operator','assign','689cc40604e5af3a4cd8db1cba38c558','assignment','93688ec2e6a3e2e9c4a57b9180680927','invented','d4d356083b54d074236196eb34e7b98cd12f0e4d1144bf46706461ed8cca0f72');
INSERT INTO "audit" VALUES(24,'2026-03-15 00:37:00.000000','65039f215b8515a38c159e78c271bb1f','operator','stop','689cc40604e5af3a4cd8db1cba38c558','assignment','93688ec2e6a3e2e9c4a57b9180680927','invented','41fc329f0906fda0b8d62199cbdde6e6a8f20bd9ba66c24330e4e5ab12d5dc71');
INSERT INTO "audit" VALUES(25,'2026-03-15 00:44:00.000000','dac7558a69aea8ce8899748a6ad499d4','login','people',NULL,'language','dac7558a69aea8ce8899748a6ad499d4','invented','d1dc43507ce591e21382099514e1b27af92534a9d127c1911add3bcd317bb473');
INSERT INTO "audit" VALUES(26,'2026-03-15 00:44:00.000000','689cc40604e5af3a4cd8db1cba38c558','operator','view','689cc40604e5af3a4cd8db1cba38c558','record',NULL,'invented','66ac148e182fdb054b52bb9269fa474e6552bcb764b4216b6db10cbef57efff2');
CREATE TABLE audit_head (
	id INTEGER NOT NULL, 
	seq BIGINT NOT NULL, 
	mac VARCHAR(200) NOT NULL, 
	CONSTRAINT pk_audit_head PRIMARY KEY (id)
);
INSERT INTO "audit_head" VALUES(1,26,'66ac148e182fdb054b52bb9269fa474e6552bcb764b4216b6db10cbef57efff2');
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
INSERT INTO "care_team" VALUES('6ee711fc0458de64fda98a5299f93110','689cc40604e5af3a4cd8db1cba38c558','65039f215b8515a38c159e78c271bb1f','individual','2026-03-02',NULL);
INSERT INTO "care_team" VALUES('4e9de4f7fc8d9f75be51d70cd34dde13','689cc40604e5af3a4cd8db1cba38c558','7088aaf94042164e13b43e9068e7dc44','couples','2026-03-02',NULL);
INSERT INTO "care_team" VALUES('d56c8f9cdb5e6cd777ebf7492ccf6071','dac7558a69aea8ce8899748a6ad499d4','7088aaf94042164e13b43e9068e7dc44','couples','2026-03-02',NULL);
INSERT INTO "care_team" VALUES('3d521c1b8e498f967c017368c554d71d','689cc40604e5af3a4cd8db1cba38c558','9addada3755118641112199fb337f6d7','substance-use','2026-03-02',NULL);
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
INSERT INTO "couple" VALUES('b7f2faefeefe397486cf7159619f8088','689cc40604e5af3a4cd8db1cba38c558','dac7558a69aea8ce8899748a6ad499d4');
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
INSERT INTO "entry" VALUES('ca88b19395b3d7d1fce6b1b9358a821e','689cc40604e5af3a4cd8db1cba38c558','mood-check','0.9','individual',NULL,'submitted','2026-03-13','America/New_York','2026-03-14 00:10:00.000000','2026-03-14 00:10:00.000000','2026-03-14 00:10:00.000000',1,1,X'013031343365666532A47ACCC4575957FC28E39B572A73AEDE89E3140372EC7A7997213EA033EFB5C12B77A2A0B3CE966718E8DD1087422BF26A5729BE59D92CCD22EF8C16C8777A9FC6FD35920492E76B1C0EB398B85FA982F1BFF578C5973F853B8540ED146AB408A93442FC8EAB56A3082409E483DF8AA3DF2A835B462CBCC9C1C782894E5DD22E6FC981BC5E9C5DDDC1EE4C2B249F345E019FEF2D62084A68F4C631061ACD19BE47C6AA487A7AA1DA781F8E85EC69C45143BDAD521358386DCDF80C14E32016B156C8C1229F818210A176CB1207A8EB3F77A7CCA4C76EA4D6A9FEF8A0AB6892C5D32EA465BD3808904929F4FEF2295B96E5F478B7CD785D710848C53EA0AACFB7321EF9F7F7B04C84D5B10F907E1E3CC5331459D510CAF9C8A8CC0F99ABD31A8F82C48CEA8F210C7C300E804FD37580EBB5F042');
INSERT INTO "entry" VALUES('3e65b7466ec40e2790e3a57c593027ef','689cc40604e5af3a4cd8db1cba38c558','mood-check','1.0','individual',NULL,'submitted','2026-03-14','America/New_York','2026-03-15 00:20:00.000000','2026-03-15 00:20:00.000000','2026-03-15 00:20:00.000000',2,2,X'0130313433656665324DD5074B08F0EB7CB862362AEFC7C73E7142399CC3B0EAB0DB719B136BC287534024D029BED6BBC66BCD317F845C9291ACEB6AC7B9CE05383E9D85B997585959FBA14D7E77138BE2C9B1F38960880DEADE74C3D900E2F37980A59F005DB323DA17A8D4D3863C401CCBDE350B761741E7B659DD22CEE84BE46F66F26D77C1CF3200B4FA7A596BCECA9E2380B4C72A2C443A019E7FE7F2E660E76235B4964784973767C7546E5EDEFCA3268E461EF6E3006E9536311EC00ADFA7F3338A5CFADD67B343AC25C4D03DF9168B240F50277684F494D0ABC5677C729D615F14AEA3C308883C5D823F713A0519CE950F1D1D765F02666993DA2E35186F74E54A8E339336AE78484D50BA93AA361745B71EF2C2BC587CC54B16D023B76B310A0A867EB759B7B958E1BB7EC1414729D0D6A02F97BEF23D494DC0798AA2A2B33E861B39E3C0877C9FCAD5884B80F018C0621FE1B54E760257E21992ED4D87FEB100542F78527E1A7C5F39');
INSERT INTO "entry" VALUES('3f3daccb22d978cc9e9444199e80b161','689cc40604e5af3a4cd8db1cba38c558','mood-check','1.0','individual',NULL,'submitted','2026-03-14','America/New_York','2026-03-15 00:30:00.000000','2026-03-15 00:30:00.000000','2026-03-15 00:30:00.000000',1,1,X'013031343365666532BF8A4CFACD93FCD13F379D4531DD0845F2E2D7D6F7821154E2935119D93F80183F50FA70304051330DA5154605F371AD8E8B73DCD2ECDC3917B67BB00A8C12AE1A2B8C9F16634A06287DF84CAF875AC8B832E989E0379B789BDCF2BC4391BDEDEFFB837BFFEFF1D06C8B390D7E8505649D42A7696205A26CDE95C0AFECC5005A9A5F28C4214AFC4F936A8D4E596A089CD2529F544420866AB5A2D45350CE8E28A46A9E445B36A55D5ABED16F061C6ADB70F37346145B3A0A7C16F4730A86DB524D0076D68E041D818F78544654CCE9AAEA8A76336C9CFD26BF312DDED62D00F63EDB2AF167BE83ACF44DF7D0995FBC');
INSERT INTO "entry" VALUES('a167410635cf47d815ae47204d248d41','689cc40604e5af3a4cd8db1cba38c558','mood-check','1.0','individual','71caf700a6f9f18884d55ab4fc5af55c','draft','2026-03-14','America/New_York','2026-03-15 00:30:00.000000','2026-03-15 00:30:00.000000',NULL,0,1,X'0130313433656665329B39CBD9F7A97B3E6584A388B269E28439027C6BD000AD573D21579031F50D77866B66675F90FC5F97DBDD8A76525F448C0001DF46023C138AAF83BD057BC6C47851D3323A3EC07CB100A1B8F755E73005A254E10BE20F342E3268E3C7931924CDB8B8BB59B0E52CF8B00FB3C4F5287EC2EBAA445C58869CFD24466B7150DF283F945F8CA15A8B1A652C5158BA68A74947A4AEDA63DA778926A8B728FF447C35A63B1953A7B0C6606D4BAE82E0');
CREATE TABLE envelope (
	person_id VARCHAR(40) NOT NULL, 
	id VARCHAR(40) NOT NULL, 
	master_id VARCHAR(40) NOT NULL, 
	sealed BLOB NOT NULL, 
	CONSTRAINT pk_envelope PRIMARY KEY (person_id, id), 
	CONSTRAINT fk_envelope_person_id_person FOREIGN KEY(person_id) REFERENCES person (id)
);
INSERT INTO "envelope" VALUES('689cc40604e5af3a4cd8db1cba38c558','0143efe2','invented',X'01696E76656E746564961F6FEF33618CF38CF40AB20B43C40ADDDC7C8319A83C099919904B4F20E5A3BD9C9DD654E9A89B67988C67B637640E8AE12813A8B80AD5A702EC12AB9030D29D6A1F4E5B534ECECE86393E72BA1014F4C015E2C2ADB09B6BCDCDED');
INSERT INTO "envelope" VALUES('dac7558a69aea8ce8899748a6ad499d4','80549c07','invented',X'01696E76656E746564C937B4706C23D943465EC03349B0F90FF9D26CE48F94C76ED50D5B10F0F676C7A9BDC8BCA5828AF7AFD7A3F08F0DCABEFDC66F580C0CF92D16F8F2F1AB0471F3087DF5C96A6B78B544BE70C1FB2FECB5F539CDBD76276C25B6455BD0');
INSERT INTO "envelope" VALUES('3e3f539801df425b8e7dea0af380fcfb','bad0ca39','invented',X'01696E76656E7465648CD04500AFD621D9BBFD20C5E04CF2BB63F27F15E8E0180FA61D5978B903A085CC6EDFF957E6DB87DA4C109C86DBCF4FC654D5D059FCEB7138804FECB8282C2B3088AA383C1E7D3D9A6484EF13914D4130076F4AEAD07168FA279ED3');
INSERT INTO "envelope" VALUES('65039f215b8515a38c159e78c271bb1f','c8194caf','invented',X'01696E76656E7465648861D42EB40D6EA90D9464355FE45A1BFEA967348B2E3461655B4B2D32886B91119FF5A21696B9817751F9599C31687B8FF4E58B4C0D960052AF252D0CFC348D275E62B5730017E112999AFBAFD2BA84CE2BA43AF4DD13A5F1263D4A');
INSERT INTO "envelope" VALUES('7088aaf94042164e13b43e9068e7dc44','79edbde4','invented',X'01696E76656E746564B6B70CE2095E61FC784A2382E06D57FFC3DE4FB5EEFB4A10D016E36F9DC37AA94078601CA1F09513406D22656BBA7E2AA8093EBB2FB6548273506E7B382DF84867B2D25FB8BD9AEECFCD214567B52C1F6597995F41D15F1D8FAC3AFC');
INSERT INTO "envelope" VALUES('9addada3755118641112199fb337f6d7','9334654d','invented',X'01696E76656E74656454BBB2DEDDB536F1F047F1AD8720B67E79BDB3B483844E24B8BB4446286C4DE485040A1EB29ABA725BA5E8A1B11AC6B1CEDBEB46C3B7103455714819BB55E4176D1D13A1E2AFD5C53BECC749C6DB7F24C71D489AC362DB9413B2C12E');
INSERT INTO "envelope" VALUES('2085c66509f54f6d65334227dc2ecd20','6a002336','invented',X'01696E76656E746564331DD1EA4614E41B3D8B6218EA9664BF2F3EBEE38EEDE8A70401C29C0FCBB1B8E23A53248C2637C2D4A83A7A76816FA9BB3E896103E0B8CB770C5AF6F5069AB8066185087147C33C558181F417C9700954A11E6ECD89064B8181A04A');
CREATE TABLE key_check (
	key_id VARCHAR(40) NOT NULL, 
	sealed BLOB NOT NULL, 
	CONSTRAINT pk_key_check PRIMARY KEY (key_id)
);
INSERT INTO "key_check" VALUES('invented',X'01696E76656E74656442D3202D835CBEBE4699A9062125783507B0995CF7891DBC1619ACFDBC062D6646D0');
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
INSERT INTO "message" VALUES('ca88b19395b3d7d1fce6b1b9358a821e','m-ca88b19395b3d7d1fce6b1b9358a821e','689cc40604e5af3a4cd8db1cba38c558','2026-03-14 00:10:00.000000',NULL);
INSERT INTO "message" VALUES('3e65b7466ec40e2790e3a57c593027ef','m-3e65b7466ec40e2790e3a57c593027ef','689cc40604e5af3a4cd8db1cba38c558','2026-03-15 00:20:00.000000',NULL);
INSERT INTO "message" VALUES('3e65b7466ec40e2790e3a57c593027ef','again','689cc40604e5af3a4cd8db1cba38c558','2026-03-15 00:20:00.000000',NULL);
INSERT INTO "message" VALUES('3f3daccb22d978cc9e9444199e80b161','m-3f3daccb22d978cc9e9444199e80b161','689cc40604e5af3a4cd8db1cba38c558','2026-03-15 00:30:00.000000',NULL);
INSERT INTO "message" VALUES('a167410635cf47d815ae47204d248d41','half','689cc40604e5af3a4cd8db1cba38c558','2026-03-15 00:30:00.000000',NULL);
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
INSERT INTO "person" VALUES('689cc40604e5af3a4cd8db1cba38c558','client','ava',X'01303134336566653268E64BEFCD409DFF36D86A6B6D1DDB5B50164AB71355F96D88A1660B29599E4A7E6D5EE76B81842C677B5920E9DBE660273B','America/New_York','[]',0,'$argon2id$v=19$m=8,t=1,p=1$BeszCesIEKE1mCGfxlk+kQ$J8FhNwi6yHmqOod408I45GFnXhYYrqWTjm5oPewGAFo','2026-03-14 00:00:00.000000','en');
INSERT INTO "person" VALUES('dac7558a69aea8ce8899748a6ad499d4','client','ben',X'013830353439633037B8847F960A4E808A02B31FF4556D2B4E0435693B63869FAD116571A6FA33EE9950E81E8BA8FF4654C710FD2F206CA5B70162','America/New_York','[]',0,'$argon2id$v=19$m=8,t=1,p=1$conOi/4kxoJMvbsVE8wdvA$y0jsQ1VmKsIns/mdrsCHFryE8lhRn3BzvGWNOqb33EY','2026-03-14 00:00:00.000000','es');
INSERT INTO "person" VALUES('3e3f539801df425b8e7dea0af380fcfb','client','cam',X'016261643063613339AE634E9B3A09501B91DED9970425B3E01AF0C36CD2330989E9C663E72AE3B4BE9EF5C54B8080B5AF6C3070F854CE0DD704','America/New_York','[]',0,'$argon2id$v=19$m=8,t=1,p=1$ddqEUe4tnzO/mMceys3+BA$ghVom52wfNd3REkECDtSoolisukg9HsnhUtm7/C5PaQ','2026-03-14 00:00:00.000000','en');
INSERT INTO "person" VALUES('65039f215b8515a38c159e78c271bb1f','clinician','ina',X'016338313934636166D98E94C9CE808D380E85B56CA0AD6C8AFED0D819DE7E28C91A7192AD88A048E0AC40DB8171F4D70D6E6215BDE7A09E2BE0DDE9','America/New_York','["individual"]',0,'$argon2id$v=19$m=8,t=1,p=1$s4HVo/Md64rUDrhq2LIqOw$bCWQpSq7BP/LfOBEUtKBnlBq/QYwdztktl2+V63U29Y','2026-03-14 00:00:00.000000','en');
INSERT INTO "person" VALUES('7088aaf94042164e13b43e9068e7dc44','clinician','cole',X'013739656462646534B42B634B7666C4A0C84389E3B770D05BCD4F6C98661EEFB709C0C2909B543EA4CBE02BFF4C7BEE92B416BAE0032CF9E87DAA1962','America/New_York','["couples"]',0,'$argon2id$v=19$m=8,t=1,p=1$tfy/aAsZJyHj9UPNCp8+Uw$oZVXiF07nG+20jAISl/JTg5KlYLD+rjiMWDB5QRnylo','2026-03-14 00:00:00.000000','en');
INSERT INTO "person" VALUES('9addada3755118641112199fb337f6d7','clinician','sue',X'013933333436353464DDF1C3C71DE18EA01B9A4B9ACA1F4A5FFF856064BF2E18167754A1FF9FBD7030D014C1962BA9DC97127A5B4BAAB8AB534799EB','America/New_York','["substance-use"]',0,'$argon2id$v=19$m=8,t=1,p=1$JPg8yo6LcOSAkpqXZQkLfA$SoAI4WEWsWe8xfuJWPslxp4MfEZRHfejMBT7xZsv2z8','2026-03-14 00:00:00.000000','en');
INSERT INTO "person" VALUES('2085c66509f54f6d65334227dc2ecd20','coordinator','cora',X'013661303032333336020F317680221633B2097DC4B4D0DF5A1A9EABD4B36D4B5FF5EF5ACB4A700D3BF5B7C2B03740D1779EF48C17E8BE220BD2CF8AC6','America/New_York','[]',0,'$argon2id$v=19$m=8,t=1,p=1$Wd0sws7eb1tNbtJSy+2yuA$TyOGQ5jjsXjgb+kZr2OXJ1tROBiZ4UKdKK8T9obn/5A','2026-03-14 00:00:00.000000','en');
CREATE TABLE reading (
	entry_id VARCHAR(40) NOT NULL, 
	person_id VARCHAR(40) NOT NULL, 
	revision INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_reading PRIMARY KEY (entry_id, person_id), 
	CONSTRAINT fk_reading_entry_id_entry FOREIGN KEY(entry_id) REFERENCES entry (id), 
	CONSTRAINT fk_reading_person_id_person FOREIGN KEY(person_id) REFERENCES person (id)
);
INSERT INTO "reading" VALUES('3e65b7466ec40e2790e3a57c593027ef','65039f215b8515a38c159e78c271bb1f',2,'2026-03-15 00:20:00.000000');
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
INSERT INTO "revision" VALUES('b99544e3d3ae359f98faf19ba30291c0','ca88b19395b3d7d1fce6b1b9358a821e','689cc40604e5af3a4cd8db1cba38c558',1,'689cc40604e5af3a4cd8db1cba38c558','2026-03-14 00:10:00.000000',X'013031343365666532B001317C4487D631206191B374E6211E07ACD1AF71FB86FAF245CFFB7B453D70D3D7F21560B4DC13407E651F62BD73C19470FE11E88B8ECA02AE4D1DEB81A681706825A9758C8C89E8471F0608C457C4221B62342DE307FAF7930C95E01C806E0D63E6204F4DF7D92E59B841DC76D10EC97EA0A2235889494B16E3038A605A8532A68E650E8CAFD1BC99DEAA1AA6FA6629462A5644188C74FE0786');
INSERT INTO "revision" VALUES('03ceb3d06e59941b1bfb92ef2ab5fdd3','3e65b7466ec40e2790e3a57c593027ef','689cc40604e5af3a4cd8db1cba38c558',1,'689cc40604e5af3a4cd8db1cba38c558','2026-03-15 00:20:00.000000',X'013031343365666532B251D19B97CCA39D6735C473B2C1C49C5960D6231260F7DF177206D9043DEB300C5985B35D5C683F8FF990AAD201FBCB396820F222294A1EFCB78D046E9DE95E629B620A4419F752CF3AF2B08BA926C17E4A5942A9490691BCB8A04320919E35850E0C6287C9C2C7CE0639DE0D01A4E2188C6E6AA2C93C79CC358DFF7E97467109F05C491C36F587581426BB756BEC285EF81DCD6DBC0D456A4106342511E2D15A175102FBD805FF905D3D295C73A3C15A9562667A90085F761328382894905C2638989E663632D979C25A3AADE8B0BBC3BBC9');
INSERT INTO "revision" VALUES('7f9a737508c4a4f9c94b40a519a2caa7','3e65b7466ec40e2790e3a57c593027ef','689cc40604e5af3a4cd8db1cba38c558',2,'689cc40604e5af3a4cd8db1cba38c558','2026-03-15 00:20:00.000000',X'013031343365666532B2281C3105118870581217B1C6EDCB402236175BBEE5BFAF23A03FA2783FE398A4C0E7CADDE3D3190A1CC4D4AEAD7638CFC31C7225FA26861F0B3DA856244187DD1A9E86F31E5DBD7E2DAB6A78E441B08EFFA3823A5431743352F5629D561614E9C77E93AAF08FB77D93EB1DA2300BD5F8EE6D38C80A664DA49C42C7000CABE40E2F18901FF62FC8BFA4A89147D21BCEFF1E97A136BF82A7AE0E7CC0');
INSERT INTO "revision" VALUES('6775351a7294efe892decca3e25df78f','3f3daccb22d978cc9e9444199e80b161','689cc40604e5af3a4cd8db1cba38c558',1,'689cc40604e5af3a4cd8db1cba38c558','2026-03-15 00:30:00.000000',X'013031343365666532A6BD43DB5B728E891CA2927ECFF1AFA09A837F0B28EFA4132DFC26668202A85C6D33333E5AB349B0F454FAB957E27CE76211394A61A0862262CC1AF5067ABB476C9A4289EA5C03FCD950E43B21F4B57FAB4AF54B5A63C597A1F187DAC1B9C9E74ED7131970ED4AD5708231E6D9A9DB80392D7F04D333B15C22F06531BFA7BABEBEEAE8E265');
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
