package dev.hubferry.orchestrator.api;

import static dev.hubferry.orchestrator.api.Client.MIGRATIONS;
import static dev.hubferry.orchestrator.api.Client.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.hubferry.orchestrator.script.ScriptedParticipants;
import dev.hubferry.orchestrator.script.TestClock;
import dev.hubferry.testbed.KafkaResource;
import dev.hubferry.testbed.PostgresResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@WithTestResource(
        value = KafkaResource.class,
        initArgs = @ResourceArg(name = "topics", value = OrchestratorResource.TOPICS))
@WithTestResource(PostgresResource.class)
@WithTestResource(OrchestratorResource.class)
class ListApiTest {
    @Inject
    TestClock clock;

    private ScriptedParticipants participants;
    private String waiting = "";
    private String answered = "";
    private String back = "";

    @BeforeEach
    void requestSome() {
        if (participants != null) {
            return;
        }
        String servers = ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class);
        participants = new ScriptedParticipants(servers, clock).start();
        participants.hold("seed-homes");
        waiting = Client.request("lst-b");
        answered = Client.request("lst-a");
        back = as(OrchestratorResource.BOSS)
                .contentType(ContentType.JSON)
                .body(Client.spec("lst-c"))
                .post(MIGRATIONS)
                .path("id");
        Client.approve(answered, "approve-plan");
        var unused = Client.await(answered, "the seed", _ -> participants.holds("seed-homes"));
        Client.awaitGate(waiting, "approve-plan");
        Client.awaitGate(back, "approve-plan");
        Client.answer(back, "approve-plan", false).then().statusCode(200);
        unused = Client.awaitState(back, "ROLLED_BACK");
    }

    @AfterAll
    void stopParticipants() {
        participants.close();
    }

    @Test
    void findsByWhatIsAsked() {
        assertThat(list(Map.of())).containsExactly(back, answered, waiting);
        assertThat(list(Map.of("waiting", "true"))).containsExactly(waiting);
        assertThat(list(Map.of("waiting", "false"))).containsExactly(back, answered);
        assertThat(list(Map.of("state", "RUNNING"))).containsExactly(answered, waiting);
        assertThat(list(Map.of("state", "ROLLED_BACK,PARKED"))).containsExactly(back);
        assertThat(list(Map.of("state", List.of("ROLLED_BACK", "RUNNING")))).containsExactly(back, answered, waiting);
        assertThat(list(Map.of("requestedBy", "boss"))).containsExactly(back);
        assertThat(list(Map.of("namespace", "lst-a"))).containsExactly(answered);
        assertThat(list(Map.of("namespace", "lst"))).isEmpty();
        assertThat(list(Map.of("sourceCluster", "old", "targetCluster", "new", "zone", "example")))
                .containsExactly(back, answered, waiting);
        assertThat(list(Map.of("sourceCluster", "new"))).isEmpty();
        assertThat(list(Map.of("name", "ST-A TO"))).containsExactly(answered);
    }

    @Test
    void findsByWhenItWasRequested() {
        String second = Client.get(answered, "").getString("requestedAt");
        assertThat(list(Map.of("requestedAfter", second))).containsExactly(back, answered);
        assertThat(list(Map.of("requestedBefore", second))).containsExactly(waiting);
    }

    @ParameterizedTest
    @CsvSource({
        "requestedAt,bac",
        "-requestedAt,cab",
        "name,abc",
        "-name,cba",
        "requestedBy,cba|cab",
        "-requestedBy,bac|abc"
    })
    void sortsAndPagesOneByOne(String sort, String order) {
        // When
        List<String> read = new ArrayList<>();
        String url = MIGRATIONS + "?name=lst-&limit=1&sort=" + sort;
        while (url != null) {
            JsonPath page = as(OrchestratorResource.VIEWER)
                    .urlEncodingEnabled(false)
                    .get(url)
                    .jsonPath();
            assertThat(page.getList("migrations")).hasSize(1);
            read.add(page.getString("migrations[0].name").substring(4, 5));
            url = page.getString("next");
        }

        // Then ids decide between those of one requester
        assertThat(order.split("\\|", -1)).contains(String.join("", read));
    }

    @Test
    void keepsTheFirstWayOfPaging() {
        assertThat(list(Map.of("before", back))).containsExactly(answered, waiting);
        as(OrchestratorResource.VIEWER)
                .queryParam("before", back)
                .queryParam("sort", "name")
                .get(MIGRATIONS)
                .then()
                .statusCode(400)
                .body("detail", equalTo("before goes with sort=-requestedAt only: use after"));
    }

    @Test
    void keepsWordsWithSpecialCharactersInTheNextLink() {
        String next = as(OrchestratorResource.VIEWER)
                .queryParam("name", "t-")
                .queryParam("requestedAfter", "2020-01-01T00:00:00+01:00")
                .queryParam("limit", 1)
                .get(MIGRATIONS)
                .path("next");
        as(OrchestratorResource.VIEWER)
                .urlEncodingEnabled(false)
                .get(next)
                .then()
                .statusCode(200);
        assertThat(next).contains("requestedAfter=2020-01-01T00%3A00%3A00%2B01%3A00", "after=", "name=t-");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '"',
            value = {
                "limit=0 => limit must be a whole number from 1 to 200, but was '0'",
                "limit=201 => limit must be a whole number from 1 to 200, but was '201'",
                "limit=x => limit must be a whole number from 1 to 200, but was 'x'",
                "state=RUNING => state must be one of RUNNING, COMPENSATING, COMPLETED, ROLLED_BACK, PARKED, but was 'RUNING': did you mean 'RUNNING'?",
                "state=RUNNING, => but was ''",
                "state= => but was ''",
                "sort=nam => sort must be one of requestedAt, -requestedAt, name, -name, requestedBy, -requestedBy, but was 'nam': did you mean 'name'?",
                "waiting=yes => waiting must be true or false, but was 'yes'",
                "requestedAfter=yesterday => requestedAfter must be a point in time with its offset, like 2026-12-01T02:00:00Z",
                "requestedBefore=2026-12-01 => but was '2026-12-01'",
                "after=NOBODY => after must be the id of a migration, but was 'NOBODY'",
                "after=nobody => must be the id of a migration, but none is called 'nobody'",
                "zone= => zone must be text of 1 to 200 characters without control characters, but has 0 that are blank",
                "zone=a%00b => zone must be text of 1 to 200 characters without control characters, but has 3",
                "zone=a&zone=b => zone is given 2 times: give it once",
                "clusterSource=a => 'clusterSource' is no parameter of this list: known are after, before, limit",
                "requestedby=a => 'requestedby' is no parameter of this list: did you mean 'requestedBy'?",
                "limit=0&zome=x => but was '0'; 'zome' is no parameter of this list: did you mean 'zone'?",
            })
    void saysWhatIsWrongWithAParameter(String query, String detail) {
        as(OrchestratorResource.VIEWER)
                .urlEncodingEnabled(false)
                .get(MIGRATIONS + "?" + query)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:hubferry:problem:bad-parameter"))
                .body("detail", containsString(detail));
    }

    private List<String> list(Map<String, Object> parameters) {
        var request = as(OrchestratorResource.VIEWER);
        parameters.forEach((name, value) -> {
            if (value instanceof List<?> values) {
                request.queryParam(name, values);
            } else {
                request.queryParam(name, value);
            }
        });
        if (!parameters.containsKey("name")) {
            request.queryParam("name", "lst-");
        }
        return request.get(MIGRATIONS).then().statusCode(200).extract().path("migrations.id");
    }
}
