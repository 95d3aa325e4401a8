package dev.hubferry.k8s.domain.naming;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.k8s.domain.naming.HomeTemplate.Rendered;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HomeTemplateTest {
    private static final UserServer JOHN = UserServer.unnamed("john.doe@x.edu");

    @ParameterizedTest
    @CsvSource(textBlock = """
                    {username},                 john-2edoe-40x-2eedu,      john-doe-x-edu---3baab50d
                    {unescaped_username},       john.doe@x.edu,            john.doe@x.edu
                    {escaped_username},         john-2edoe-40x-2eedu,      john-2edoe-40x-2eedu
                    {safe_username},            john-doe-x-edu---3baab50d, john-doe-x-edu---3baab50d
                    {user_server},              john-2edoe-40x-2eedu,      john-doe-x-edu---3baab50d
                    {escaped_user_server},      john-2edoe-40x-2eedu,      john-2edoe-40x-2eedu
                    {safe_user_server},         john-doe-x-edu---3baab50d, john-doe-x-edu---3baab50d
                    {username}--{servername},   john-2edoe-40x-2eedu,      john-doe-x-edu---3baab50d
                    {legacy_escape_username},   john-doe-x-edu,            john-doe-x-edu
                    home-{username},            home-john-2edoe-40x-2eedu, home-john-doe-x-edu---3baab50d
                    {hubnamespace}-{username},  astro-john-2edoe-40x-2eedu, astro-john-doe-x-edu---3baab50d
                    {username}-,                john-2edoe-40x-2eedu-,     john-doe-x-edu---3baab50d-
                    astro/homes/{username},     john-2edoe-40x-2eedu,      john-doe-x-edu---3baab50d
                    """)
    void rendersTheDirectoryOfAUser(String template, String escape, String safe) {
        // Given
        HomeTemplate home = new HomeTemplate(template, "astro");

        // When / Then
        assertThat(home.home(JOHN, SlugScheme.ESCAPE)).isEqualTo(new Rendered.Home(escape));
        assertThat(home.home(JOHN, SlugScheme.SAFE)).isEqualTo(new Rendered.Home(safe));
    }

    @Test
    void saysWhatOnlyTheHubCanFillIn() {
        // Given
        HomeTemplate byId = new HomeTemplate("{userid}", "astro");
        HomeTemplate broken = new HomeTemplate("{username", "astro");

        // When / Then
        assertThat(byId.home(JOHN, SlugScheme.SAFE)).isEqualTo(new Rendered.Unknown("{userid}"));
        assertThat(broken.home(JOHN, SlugScheme.SAFE)).isEqualTo(new Rendered.Unknown("{username"));
    }

    @Test
    void tellsTheDirectoryOfAllHomes() {
        // When / Then
        assertThat(new HomeTemplate("{username}", "a").directory()).contains("");
        assertThat(new HomeTemplate("/astro/homes/{username}/", "a").directory())
                .contains("astro/homes");
        assertThat(new HomeTemplate("{username}/home", "a").directory()).isEmpty();
    }
}
