// node verify.mjs FOLDER CARD: the seal of an unpacked package by @sigstore/verify, with the public key of a card.
// Prints sender and period; ends with 1 and a sentence when something is wrong.
import { createHash, createPublicKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { toSignedEntity, Verifier } from "@sigstore/verify";

const [folder, card] = process.argv.slice(2);
const json = (bytes) => JSON.parse(bytes.toString("utf8"));
const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");
const refuse = (sentence) => {
  console.error(sentence);
  process.exit(1);
};

const shown = json(Buffer.from(json(readFileSync(card)).payload, "base64")).predicate;
const spki = Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), Buffer.from(shown.publicKey, "base64")]);
const envelope = json(readFileSync(join(folder, "META-INF", "statement.dsse.json")));
const payload = Buffer.from(envelope.payload, "base64");

const entity = toSignedEntity({
  content: {
    $case: "dsseEnvelope",
    dsseEnvelope: {
      payload,
      payloadType: envelope.payloadType,
      signatures: envelope.signatures.map(({ keyid, sig }) => ({ keyid, sig: Buffer.from(sig, "base64") })),
    },
  },
  verificationMaterial: {
    content: { $case: "publicKey", publicKey: { hint: envelope.signatures[0].keyid } },
    tlogEntries: [],
    timestampVerificationData: undefined,
  },
});
const key = { publicKey: createPublicKey({ key: spki, format: "der", type: "spki" }), validFor: () => true };
const trusted = { certificateAuthorities: [], timestampAuthorities: [], tlogs: [], ctlogs: [], publicKey: () => key };
try {
  new Verifier(trusted, { tlogThreshold: 0, ctlogThreshold: 0, tsaThreshold: 0 }).verify(entity);
} catch (error) {
  refuse(`sigillet: ${error.message}`);
}

const statement = json(payload);
if (statement.predicate.keyId !== sha256(spki)) refuse("nyckeln: paketet nämner en annan");
for (const { name, digest } of statement.subject) {
  if (sha256(readFileSync(join(folder, name))) !== digest.sha256) refuse(`${name}: innehållet är ett annat`);
}
console.log(`${statement.predicate.issuer.code} ${statement.predicate.period.id}`);
