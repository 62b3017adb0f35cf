-- Modify "export_desks" table
ALTER TABLE "export_desks" ADD COLUMN "order_sequence" bigint NOT NULL DEFAULT 0, ADD COLUMN "paused_at" timestamptz NULL, ADD COLUMN "paused_by" character varying NOT NULL DEFAULT '', ADD COLUMN "pause_reason" text NOT NULL DEFAULT '';
-- Modify "order_exports" table
ALTER TABLE "order_exports" ADD COLUMN "cause" character varying NOT NULL DEFAULT '';
-- Modify "web_orders" table
ALTER TABLE "web_orders" ADD COLUMN "number_key" text NOT NULL DEFAULT '', ADD COLUMN "customer_key" text NOT NULL DEFAULT '', ADD COLUMN "phone_key" character varying NOT NULL DEFAULT '', ADD COLUMN "search_text" text NOT NULL DEFAULT '', ADD COLUMN "website_url" text NOT NULL DEFAULT '', ADD COLUMN "change_sequence" bigint NOT NULL DEFAULT 0;
-- What orders that are stored already are searched and sorted by, as the program makes it of new ones
UPDATE "web_orders" SET "search_text" = left(translate(lower((number || E'\n' || customer_name || E'\n' || customer_email) COLLATE "C"), 'ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİĲĴĶĹĻĽĿŁŃŅŇŊŌŎŐŒŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŸŹŻŽͰͲͶͿΆΈΉΊΌΎΏΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩΪΫϏϘϚϜϞϠϢϤϦϨϪϬϮϴϷϹϺϽϾϿЀЁЂЃЄЅІЇЈЉЊЋЌЍЎЏАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯѠѢѤѦѨѪѬѮѰѲѴѶѸѺѼѾҀҊҌҎҐҒҔҖҘҚҜҞҠҢҤҦҨҪҬҮҰҲҴҶҸҺҼҾӀӁӃӅӇӉӋӍӐӒӔӖӘӚӜӞӠӢӤӦӨӪӬӮӰӲӴӶӸӺӼӾԀԂԄԆԈԊԌԎԐԒԔԖԘԚԜԞԠԢԤԦԨԪԬԮḀḂḄḆḈḊḌḎḐḒḔḖḘḚḜḞḠḢḤḦḨḪḬḮḰḲḴḶḸḺḼḾṀṂṄṆṈṊṌṎṐṒṔṖṘṚṜṞṠṢṤṦṨṪṬṮṰṲṴṶṸṺṼṾẀẂẄẆẈẊẌẎẐẒẔẞẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸỺỼỾ', 'àáâãäåæçèéêëìíîïðñòóôõöøùúûüýþāăąćĉċčďđēĕėęěĝğġģĥħĩīĭįiĳĵķĺļľŀłńņňŋōŏőœŕŗřśŝşšţťŧũūŭůűųŵŷÿźżžͱͳͷϳάέήίόύώαβγδεζηθικλμνξοπρστυφχψωϊϋϗϙϛϝϟϡϣϥϧϩϫϭϯθϸϲϻͻͼͽѐёђѓєѕіїјљњћќѝўџабвгдежзийклмнопрстуфхцчшщъыьэюяѡѣѥѧѩѫѭѯѱѳѵѷѹѻѽѿҁҋҍҏґғҕҗҙқҝҟҡңҥҧҩҫҭүұҳҵҷҹһҽҿӏӂӄӆӈӊӌӎӑӓӕӗәӛӝӟӡӣӥӧөӫӭӯӱӳӵӷӹӻӽӿԁԃԅԇԉԋԍԏԑԓԕԗԙԛԝԟԡԣԥԧԩԫԭԯḁḃḅḇḉḋḍḏḑḓḕḗḙḛḝḟḡḣḥḧḩḫḭḯḱḳḵḷḹḻḽḿṁṃṅṇṉṋṍṏṑṓṕṗṙṛṝṟṡṣṥṧṩṫṭṯṱṳṵṷṹṻṽṿẁẃẅẇẉẋẍẏẑẓẕßạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹỻỽỿ'), 600), "customer_key" = left(translate(lower((customer_name) COLLATE "C"), 'ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİĲĴĶĹĻĽĿŁŃŅŇŊŌŎŐŒŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŸŹŻŽͰͲͶͿΆΈΉΊΌΎΏΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩΪΫϏϘϚϜϞϠϢϤϦϨϪϬϮϴϷϹϺϽϾϿЀЁЂЃЄЅІЇЈЉЊЋЌЍЎЏАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯѠѢѤѦѨѪѬѮѰѲѴѶѸѺѼѾҀҊҌҎҐҒҔҖҘҚҜҞҠҢҤҦҨҪҬҮҰҲҴҶҸҺҼҾӀӁӃӅӇӉӋӍӐӒӔӖӘӚӜӞӠӢӤӦӨӪӬӮӰӲӴӶӸӺӼӾԀԂԄԆԈԊԌԎԐԒԔԖԘԚԜԞԠԢԤԦԨԪԬԮḀḂḄḆḈḊḌḎḐḒḔḖḘḚḜḞḠḢḤḦḨḪḬḮḰḲḴḶḸḺḼḾṀṂṄṆṈṊṌṎṐṒṔṖṘṚṜṞṠṢṤṦṨṪṬṮṰṲṴṶṸṺṼṾẀẂẄẆẈẊẌẎẐẒẔẞẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸỺỼỾ', 'àáâãäåæçèéêëìíîïðñòóôõöøùúûüýþāăąćĉċčďđēĕėęěĝğġģĥħĩīĭįiĳĵķĺļľŀłńņňŋōŏőœŕŗřśŝşšţťŧũūŭůűųŵŷÿźżžͱͳͷϳάέήίόύώαβγδεζηθικλμνξοπρστυφχψωϊϋϗϙϛϝϟϡϣϥϧϩϫϭϯθϸϲϻͻͼͽѐёђѓєѕіїјљњћќѝўџабвгдежзийклмнопрстуфхцчшщъыьэюяѡѣѥѧѩѫѭѯѱѳѵѷѹѻѽѿҁҋҍҏґғҕҗҙқҝҟҡңҥҧҩҫҭүұҳҵҷҹһҽҿӏӂӄӆӈӊӌӎӑӓӕӗәӛӝӟӡӣӥӧөӫӭӯӱӳӵӷӹӻӽӿԁԃԅԇԉԋԍԏԑԓԕԗԙԛԝԟԡԣԥԧԩԫԭԯḁḃḅḇḉḋḍḏḑḓḕḗḙḛḝḟḡḣḥḧḩḫḭḯḱḳḵḷḹḻḽḿṁṃṅṇṉṋṍṏṑṓṕṗṙṛṝṟṡṣṥṧṩṫṭṯṱṳṵṷṹṻṽṿẁẃẅẇẉẋẍẏẑẓẕßạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹỻỽỿ'), 200);
WITH RECURSIVE step (id, rest, digits, key) AS (
  SELECT id, translate(lower((number) COLLATE "C"), 'ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİĲĴĶĹĻĽĿŁŃŅŇŊŌŎŐŒŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŸŹŻŽͰͲͶͿΆΈΉΊΌΎΏΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩΪΫϏϘϚϜϞϠϢϤϦϨϪϬϮϴϷϹϺϽϾϿЀЁЂЃЄЅІЇЈЉЊЋЌЍЎЏАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯѠѢѤѦѨѪѬѮѰѲѴѶѸѺѼѾҀҊҌҎҐҒҔҖҘҚҜҞҠҢҤҦҨҪҬҮҰҲҴҶҸҺҼҾӀӁӃӅӇӉӋӍӐӒӔӖӘӚӜӞӠӢӤӦӨӪӬӮӰӲӴӶӸӺӼӾԀԂԄԆԈԊԌԎԐԒԔԖԘԚԜԞԠԢԤԦԨԪԬԮḀḂḄḆḈḊḌḎḐḒḔḖḘḚḜḞḠḢḤḦḨḪḬḮḰḲḴḶḸḺḼḾṀṂṄṆṈṊṌṎṐṒṔṖṘṚṜṞṠṢṤṦṨṪṬṮṰṲṴṶṸṺṼṾẀẂẄẆẈẊẌẎẐẒẔẞẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸỺỼỾ', 'àáâãäåæçèéêëìíîïðñòóôõöøùúûüýþāăąćĉċčďđēĕėęěĝğġģĥħĩīĭįiĳĵķĺļľŀłńņňŋōŏőœŕŗřśŝşšţťŧũūŭůűųŵŷÿźżžͱͳͷϳάέήίόύώαβγδεζηθικλμνξοπρστυφχψωϊϋϗϙϛϝϟϡϣϥϧϩϫϭϯθϸϲϻͻͼͽѐёђѓєѕіїјљњћќѝўџабвгдежзийклмнопрстуфхцчшщъыьэюяѡѣѥѧѩѫѭѯѱѳѵѷѹѻѽѿҁҋҍҏґғҕҗҙқҝҟҡңҥҧҩҫҭүұҳҵҷҹһҽҿӏӂӄӆӈӊӌӎӑӓӕӗәӛӝӟӡӣӥӧөӫӭӯӱӳӵӷӹӻӽӿԁԃԅԇԉԋԍԏԑԓԕԗԙԛԝԟԡԣԥԧԩԫԭԯḁḃḅḇḉḋḍḏḑḓḕḗḙḛḝḟḡḣḥḧḩḫḭḯḱḳḵḷḹḻḽḿṁṃṅṇṉṋṍṏṑṓṕṗṙṛṝṟṡṣṥṧṩṫṭṯṱṳṵṷṹṻṽṿẁẃẅẇẉẋẍẏẑẓẕßạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹỻỽỿ'), '' COLLATE "C", '' COLLATE "C" FROM "web_orders"
  UNION ALL
  SELECT id, substr(rest, 2), CASE WHEN strpos('0123456789', left(rest, 1)) > 0 THEN digits || left(rest, 1) ELSE '' END,
    CASE WHEN strpos('0123456789', left(rest, 1)) > 0 THEN key WHEN digits = '' THEN key || left(rest, 1)
      ELSE key || lpad(length(ltrim(digits, '0'))::text, 2, '0') || ltrim(digits, '0') || left(rest, 1) END
  FROM step WHERE rest <> '')
UPDATE "web_orders" AS o SET "number_key" = s.key || CASE WHEN s.digits = '' THEN '' ELSE lpad(length(ltrim(s.digits, '0'))::text, 2, '0') || ltrim(s.digits, '0') END
FROM step AS s WHERE s.id = o.id AND s.rest = '';
UPDATE "web_orders" AS o SET "phone_key" = p.reversed FROM (
  SELECT id, left(reverse(ltrim(regexp_replace(regexp_replace(replace(customer ->> 'phone', '(0)', ''),
    '^([^0-9]*[0-9][^[:alpha:]#;,]*).*$', '\1'), '[^0-9]', '', 'g'), '0')), 60) AS reversed FROM "web_orders" WHERE customer ->> 'phone' <> '') AS p
WHERE p.id = o.id AND length(p.reversed) >= 7 AND left(p.reversed, 7) <> repeat(left(p.reversed, 1), 7);
-- Create index "weborder_cancelled" to table: "web_orders"
CREATE INDEX "weborder_cancelled" ON "web_orders" ("site_id", "placed_at") WHERE cancelled;
-- Create index "weborder_not_paid" to table: "web_orders"
CREATE INDEX "weborder_not_paid" ON "web_orders" ("site_id", "placed_at") WHERE (captured_total <> total);
-- Create index "weborder_search" to table: "web_orders"
CREATE INDEX "weborder_search" ON "web_orders" ("site_id", "search_text", "id");
-- Create index "weborder_site_id_balance_due_id" to table: "web_orders"
CREATE INDEX "weborder_site_id_balance_due_id" ON "web_orders" ("site_id", "balance_due", "id");
-- Create index "weborder_site_id_change_sequence" to table: "web_orders"
CREATE INDEX "weborder_site_id_change_sequence" ON "web_orders" ("site_id", "change_sequence");
-- Create index "weborder_site_id_customer_key_id" to table: "web_orders"
CREATE INDEX "weborder_site_id_customer_key_id" ON "web_orders" ("site_id", "customer_key", "id");
-- Create index "weborder_site_id_fulfilled_placed_at" to table: "web_orders"
CREATE INDEX "weborder_site_id_fulfilled_placed_at" ON "web_orders" ("site_id", "fulfilled", "placed_at");
-- Create index "weborder_site_id_number_key_id" to table: "web_orders"
CREATE INDEX "weborder_site_id_number_key_id" ON "web_orders" ("site_id", "number_key", "id");
-- Create index "weborder_site_id_phone_key_id" to table: "web_orders"
CREATE INDEX "weborder_site_id_phone_key_id" ON "web_orders" ("site_id", "phone_key", "id");
-- Create index "weborder_site_id_pickup_location_id_placed_at" to table: "web_orders"
CREATE INDEX "weborder_site_id_pickup_location_id_placed_at" ON "web_orders" ("site_id", "pickup_location_id", "placed_at");
-- Create index "weborder_site_id_total_id" to table: "web_orders"
CREATE INDEX "weborder_site_id_total_id" ON "web_orders" ("site_id", "total", "id");
-- Create "platform_contacts" table
CREATE TABLE "platform_contacts" ("id" character varying NOT NULL, "seen_at" timestamptz NOT NULL, "silent" boolean NOT NULL DEFAULT false, "site_id" character varying NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "platform_contacts_sites_site" FOREIGN KEY ("site_id") REFERENCES "sites" ("id") ON UPDATE NO ACTION ON DELETE CASCADE);
-- Create index "platformcontact_seen_at" to table: "platform_contacts"
CREATE INDEX "platformcontact_seen_at" ON "platform_contacts" ("seen_at");
-- Create index "platformcontact_site_id" to table: "platform_contacts"
CREATE UNIQUE INDEX "platformcontact_site_id" ON "platform_contacts" ("site_id");
