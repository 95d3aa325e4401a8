package dev.hubferry.testbed;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority of a test's own, whose certificate is a PEM file, and which signs what it is asked for. */
public final class CertificateAuthority {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final X500Name name;
    private final KeyPair keys = newKeys();
    private final Path file;
    private final Clock clock = Clock.systemUTC();

    private CertificateAuthority(String name, Path file) {
        this.name = new X500Name("CN=" + name);
        this.file = file;
    }

    /** Makes an authority whose certificate lies in {@code file}. */
    public static CertificateAuthority make(String name, Path file) {
        var authority = new CertificateAuthority(name, file.toAbsolutePath());
        try {
            Files.writeString(authority.file, authority.ownCertificate());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
        return authority;
    }

    /**
     * What somebody wants a certificate for.
     *
     * @param addresses IP addresses
     * @param names of hosts
     * @param validFor from an hour ago on, so negative for one that has expired
     */
    public record Wish(List<String> addresses, List<String> names, Duration validFor) {
        public static Wish forThisMachine() {
            return new Wish(List.of("127.0.0.1"), List.of(), Duration.ofDays(1));
        }

        public static Wish forHost(String name) {
            return new Wish(List.of(), List.of(name), Duration.ofDays(1));
        }

        /** The same, until half an hour ago. */
        public Wish expired() {
            return new Wish(addresses, names, Duration.ofMinutes(-30));
        }
    }

    /**
     * A key and what it is known by, both PEM.
     *
     * @param key unencrypted PKCS #8
     */
    public record Identity(String key, String certificate) {
        @Override
        public String toString() {
            return "a key";
        }
    }

    /** Makes a key and signs it. */
    public Identity issue(Wish wish) {
        KeyPair subject = newKeys();
        List<GeneralName> all = new java.util.ArrayList<>();
        wish.addresses().forEach(address -> all.add(new GeneralName(GeneralName.iPAddress, address)));
        wish.names().forEach(host -> all.add(new GeneralName(GeneralName.dNSName, host)));
        try {
            var builder = builder(new X500Name("CN=a test's server"), subject, wish.validFor());
            builder.addExtension(
                    Extension.subjectAlternativeName, false, new GeneralNames(all.toArray(GeneralName[]::new)));
            return new Identity(pem(new JcaPKCS8Generator(subject.getPrivate(), null)), pem(signed(builder)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a certificate", e);
        }
    }

    /** The certificate that those trust who believe this authority. */
    public Path file() {
        return file;
    }

    private String ownCertificate() throws IOException {
        var builder = builder(name, keys, Duration.ofDays(1));
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        return pem(signed(builder));
    }

    private JcaX509v3CertificateBuilder builder(X500Name subject, KeyPair of, Duration validFor) {
        Instant now = clock.instant();
        return new JcaX509v3CertificateBuilder(
                name,
                new BigInteger(120, RANDOM),
                Date.from(now.minus(Duration.ofHours(1))),
                Date.from(now.plus(validFor)),
                subject,
                of.getPublic());
    }

    private X509CertificateHolder signed(JcaX509v3CertificateBuilder builder) {
        try {
            PrivateKey key = keys.getPrivate();
            return builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key));
        } catch (OperatorCreationException e) {
            throw new IllegalStateException("every Java signs with P-256", e);
        }
    }

    private static String pem(Object what) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(what);
        }
        return text.toString();
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has P-256", e);
        }
    }
}
