package dev.hubferry.orchestrator.api.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClaimsTest {
    private static final String URL = "https://sso.example.org";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "groups              | {'groups': ['ops', 'others']}               | operator",
                "groups              | {'groups': 'others ops'}                    | operator",
                "groups              | {'groups': ['others ops']}                  | ''",
                "groups              | {'groups': ['OPS', 7, null, ['ops']]}       | ''",
                "groups              | {'groups': {'ops': true}}                   | ''",
                "groups              | {}                                          | ''",
                "realm_access/roles  | {'realm_access': {'roles': ['ops']}}        | operator",
                "realm_access/roles  | {'realm_access': 'ops'}                     | ''",
                "https://x.org/roles | {'https://x.org/roles': ['ops']}            | operator",
            })
    void findsRoles(String claim, String claims, String role) {
        Tokens.Holder holder = person(new Claims(issuer(Issuer.Names.of(URL, "sub"), claim)), claims);
        assertThat(String.join(",", holder.roles())).isEqualTo(role);
    }

    @Test
    void saysWhichIssuerKnowsThePerson() {
        assertThat(person(new Claims(issuer(Issuer.Names.of(URL, "sub"), "groups")), "{}")
                        .name())
                .isEqualTo("https://sso.example.org#7f3a");
        assertThat(person(new Claims(issuer(Issuer.Names.shortened("sso", "sub"), "groups")), "{}")
                        .name())
                .isEqualTo("sso:7f3a");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'email': 'olga@example.org', 'email_verified': true}  | true",
                "{'email': 'olga@example.org', 'email_verified': false} | false",
                "{'email': 'olga@example.org'}                          | false",
            })
    void believesAVerifiedAddressOnly(String claims, boolean believed) {
        Claims.Named named = new Claims(issuer(Issuer.Names.of(URL, "email"), "groups")).read(json(claims));
        assertThat(named instanceof Claims.Named.Person).isEqualTo(believed);
    }

    private static Issuer issuer(Issuer.Names names, String groupsClaim) {
        Duration second = Duration.ofSeconds(1);
        return new Issuer(
                URL,
                Set.of("hubferry"),
                names,
                groupsClaim,
                Map.of("ops", Set.of(Role.OPERATOR)),
                new Issuer.Times(second, second, second),
                Optional.empty());
    }

    private static Tokens.Holder person(Claims claims, String json) {
        String more = json.equals("{}") ? "" : ", " + json.substring(1, json.length() - 1);
        return claims.read(json("{'sub': '7f3a'" + more + "}")) instanceof Claims.Named.Person person
                ? person.holder()
                : new Tokens.Holder("nobody", Set.of());
    }

    private static JsonNode json(String text) {
        try {
            return new JsonMapper().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
