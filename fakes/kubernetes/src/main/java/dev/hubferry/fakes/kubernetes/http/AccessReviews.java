package dev.hubferry.fakes.kubernetes.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hubferry.fakes.kubernetes.access.AccessRequest;
import dev.hubferry.fakes.kubernetes.access.FakeUser;
import dev.hubferry.fakes.kubernetes.model.ApiFailure;
import dev.hubferry.fakes.kubernetes.model.Json;

/** Answers what the asking user may do, by the very rules that real requests meet. */
final class AccessReviews {

    private AccessReviews() {}

    static boolean isFor(ApiTarget target) {
        return "authorization.k8s.io".equals(target.group()) && "selfsubjectaccessreviews".equals(target.resource());
    }

    static Reply review(FakeUser user, byte[] body) {
        ObjectNode review = parse(body);
        JsonNode asked = Json.at(review, "spec", "resourceAttributes");
        if (!asked.isObject()) {
            throw ApiFailure.badRequest("spec.resourceAttributes is required here");
        }
        boolean allowed = user.may(new AccessRequest(
                Json.text(asked, "verb"),
                Json.text(asked, "group"),
                Json.text(asked, "resource"),
                Json.text(asked, "subresource"),
                Json.text(asked, "namespace"),
                Json.text(asked, "name")));
        review.put("kind", "SelfSubjectAccessReview").put("apiVersion", "authorization.k8s.io/v1");
        review.putObject("status").put("allowed", allowed);
        return Reply.created(review);
    }

    private static ObjectNode parse(byte[] body) {
        if (parsed(body) instanceof ObjectNode object) {
            return object;
        }
        throw ApiFailure.badRequest("not a SelfSubjectAccessReview");
    }

    private static JsonNode parsed(byte[] body) {
        try {
            return Json.parseJson(body);
        } catch (IllegalArgumentException e) {
            throw ApiFailure.badRequest(String.valueOf(e.getMessage()));
        }
    }
}
