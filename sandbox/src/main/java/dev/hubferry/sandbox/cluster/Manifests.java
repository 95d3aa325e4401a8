package dev.hubferry.sandbox.cluster;

import dev.hubferry.sandbox.EscapeScheme;
import dev.hubferry.sandbox.Resources;
import dev.hubferry.sandbox.hub.HubRuntime;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The objects of a hub as YAML, filled in from a plan. */
final class Manifests {
    private static final Pattern WORD = Pattern.compile("\\$\\{([a-zA-Z]+)}");

    private final Map<String, String> words;

    Manifests(HubPlan plan) {
        this.words = words(plan);
    }

    private static Map<String, String> words(HubPlan plan) {
        Map<String, String> words = new HashMap<>(Map.of(
                "namespace", plan.namespace(),
                "release", plan.release(),
                "version", plan.version(),
                "chartVersion", plan.chartVersion(),
                "chart", "jupyterhub-" + plan.chartVersion(),
                "nfsServer", plan.nfsServer(),
                "nfsPath", plan.nfsPath().toString(),
                "kubeSpawner", plan.kubeSpawnerConfig()));
        words.put("databaseVolume", databaseVolume(plan.release()));
        words.put("databaseDirectory", HubRuntime.DATABASE_DIRECTORY);
        words.put("secretDirectory", HubRuntime.SECRET_DIRECTORY);
        words.put("cookieSecret", base64(plan.keys().cookieSecret()));
        words.put("cryptKeys", base64(plan.keys().cryptKeys()));
        words.put("proxyToken", base64(plan.keys().proxyToken()));
        words.put("serviceToken", base64(plan.keys().serviceToken()));
        words.put("values", base64(fill(Resources.text("values.yaml"), words)));
        return words;
    }

    /** The name of the volume that hub-db-dir is bound to. */
    static String databaseVolume(String release) {
        return release + "-hub-db-dir";
    }

    /** Everything but the users' pods. */
    String hub() {
        return fill(Resources.text("hub.yaml"), words);
    }

    String bystanders() {
        return fill(Resources.text("bystanders.yaml"), words);
    }

    /** The pod of a user's server. */
    String userPod(String user) {
        Map<String, String> all = new HashMap<>(words);
        all.put("pod", podName(user));
        all.put("directory", EscapeScheme.directory(user));
        all.put("user", "\"" + user.replace("\\", "\\\\").replace("\"", "\\\"") + "\"");
        return fill(Resources.text("user.yaml"), all);
    }

    static String podName(String user) {
        return "jupyter-" + EscapeScheme.directory(user);
    }

    private static String fill(String template, Map<String, String> words) {
        return WORD.matcher(template).replaceAll(found -> {
            String word = words.get(found.group(1));
            if (word == null) {
                throw new IllegalArgumentException("nothing to fill in for " + found.group());
            }
            return Matcher.quoteReplacement(word);
        });
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
