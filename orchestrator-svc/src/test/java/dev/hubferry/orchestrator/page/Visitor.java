package dev.hubferry.orchestrator.page;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hubferry.orchestrator.api.OrchestratorResource;
import dev.hubferry.testbed.Browser;
import io.restassured.RestAssured;

/** Somebody before the page, with a browser of their own. */
final class Visitor {
    private Visitor() {}

    static String url(String path) {
        return "http://127.0.0.1:" + RestAssured.port + path;
    }

    /** Nobody yet; skips the test where there is no browser. */
    static Browser stranger() {
        Browser.missing().ifPresent(what -> assumeTrue(false, "skipped: " + what));
        return Browser.fresh();
    }

    /** Signed in, and on this page. */
    static Browser as(String token, String path) {
        Browser browser = stranger();
        browser.open(url("/ui/sign-in?to=" + LocalPath.encoded(path)));
        browser.fill("#token", token);
        browser.click("Sign in");
        browser.awaitPath(path);
        return browser;
    }

    static Browser operator(String path) {
        return as(OrchestratorResource.OPERATOR, path);
    }

    static Browser viewer(String path) {
        return as(OrchestratorResource.VIEWER, path);
    }
}
