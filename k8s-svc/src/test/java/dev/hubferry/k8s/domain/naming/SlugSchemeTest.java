package dev.hubferry.k8s.domain.naming;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlugSchemeTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
                    john-smith,     john-2dsmith,          john-smith
                    john.doe@x.edu, john-2edoe-40x-2eedu,  john-doe-x-edu---3baab50d
                    123abc,         123abc,                x-123abc---dd130a84
                    josé,           jos-c3-a9,             jos---d994e1d0
                    Alice,          -41lice,               alice---3bc51062
                    a--b,           a-2d-2db,              a-b---90827a2e
                    -start,         -2dstart,              start---f587e2dc
                    endswith-,      endswith-2d,           endswith---165f1166
                    user_1,         user-5f1,              user-1---79b0aa00
                    @@@,            -40-40-40,             x---2ec847d8
                    xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx, xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx, xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx---55bb9823
                    """)
    void makesTheNamesThatKubeSpawnerMakes(String user, String escape, String safe) {
        // When / Then
        assertThat(SlugScheme.ESCAPE.slug(user)).isEqualTo(escape);
        assertThat(SlugScheme.SAFE.slug(user)).isEqualTo(safe);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    ann,            gpu,       ann--gpu,                       ann--gpu
                    ann,            '',        ann,                            ann
                    john.doe@x.edu, my server, john-2edoe-40x-2eedu--my-20server, john-doe-x-edu---3baab50d--my-server---b129874b
                    xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx, '', xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx, xxxxxxxxxxxxxxxxx--x---cfcbdd85
                    xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx, yyyyyyyyyyyyyyyyyyyyyyyyyyyyyy, xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx--yyyyyyyyyyyyyyyyyyyyyyyyyyyyyy, xxxxxxxxxxxxxxxxx--yyyyyyyyyyyyyyyyy---7afbb527
                    """)
    void joinsUserAndServer(String user, String server, String escape, String safe) {
        // When / Then
        assertThat(SlugScheme.ESCAPE.slug(new UserServer(user, server))).isEqualTo(escape);
        assertThat(SlugScheme.SAFE.slug(new UserServer(user, server))).isEqualTo(safe);
    }
}
