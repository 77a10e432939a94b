using Zoetrope.Protocol.Tests.Stubs;
using static Zoetrope.TestKit.CannedResponse;

namespace Zoetrope.Protocol.Tests.Fal;

/// <summary>Every error response of fal's documents, and those of what is in front of fal.</summary>
internal static class FalErrorShapes
{
    private const string Invalid = "The input is not valid";
    private const string Flagged = "The content could not be processed because it contained material flagged by a content checker.";

    public static IEnumerable<ErrorShape> All =>
    [
        .. Details(),
        .. OtherMembers(),
        .. NotJson(),
    ];

    private static IEnumerable<ErrorShape> Details() =>
    [
        new("detail-text", OfJson("""{"detail":"No user found for Key ID and Secret"}""", 401), "No user found for Key ID and Secret"),
        new("detail-texts", OfJson("""{"detail":["first","second"]}""", 400), Invalid) { Fields = [": first", ": second"] },
        new("detail-object", OfJson("""{"detail":{"message":"Model is being loaded","type":"model_loading"}}""", 422), "Model is being loaded")
        {
            Type = "model_loading",
        },
        new("detail-pydantic-1", OfJson("""
            {"detail":[{"loc":["body","prompt"],"msg":"field required","type":"value_error.missing"},{"loc":["body","num_images"],
              "msg":"ensure this value is less than or equal to 4","type":"value_error.number.not_le","ctx":{"limit_value":4}}]}
            """, 422), Invalid)
        {
            Fields =
            [
                "prompt: field required (value_error.missing)",
                "num_images: ensure this value is less than or equal to 4 (value_error.number.not_le)",
            ],
        },
        new("detail-pydantic-2", OfJson("""
            {"detail":[{"loc":["body","image_urls",0],"msg":"Image is too small","type":"image_too_small","url":"https://docs.example/e",
              "ctx":{"min_height":300,"min_width":300},"input":"https://example.com/a.png"}]}
            """, 422).With("x-fal-request-id: req-1", "X-Fal-Retryable: false"), Invalid)
        {
            Type = "image_too_small",
            RequestId = "req-1",
            Retryable = false,
            Fields = ["image_urls[0]: Image is too small (image_too_small)"],
            Context = """{"min_height":300,"min_width":300}""",
        },
        new("detail-whole-body", OfJson($$"""{"detail":[{"loc":["body"],"msg":"{{Flagged}}","type":"content_policy_violation"}]}""", 422), Flagged)
        {
            Type = "content_policy_violation",
            Fields = [$": {Flagged} (content_policy_violation)"],
        },
        new("odd-kinds", OfJson("""
            {"detail":[{"loc":7},{"loc":["body","a","b",2,"c"],"msg":"bad","type":"x"}],"error_type":null,"message":{"no":1}}
            """, 422), Invalid) { Fields = ["7: not valid", "a.b[2].c: bad (x)"] },
        new("lone-surrogate", OfJson("""{"\ud800": 1, "detail": "bad \ud800 text"}""", 400), """bad \ud800 text"""),
    ];

    private static IEnumerable<ErrorShape> OtherMembers() =>
    [
        new("error-text", OfJson("""{"error":"Unsupported file"}""", 400), "Unsupported file"),
        new("message", OfJson("""{"message":"Unknown voice"}""", 400), "Unknown voice"),
        new("status-only", OfJson("""{"status":"NOT_FOUND"}""", 404), "NOT_FOUND") { Type = "NOT_FOUND" },
        new("error-type-body", OfJson("""{"detail":"Request timed out","error_type":"request_timeout"}""", 504), "Request timed out")
        {
            Type = "request_timeout",
        },
        new("error-type-header", OfJson("""{"detail":"Runner disconnected"}""", 503).With("X-Fal-Error-Type: runner_disconnected", "X-Fal-Needs-Retry: 1"),
            "Runner disconnected")
        {
            Type = "runner_disconnected",
            Retryable = true,
        },
        new("start-timeout", OfJson("""{"detail":"Request timed out"}""", 504).With("X-Fal-Request-Timeout-Type: user"),
            "Request timed out (the start timeout of the submit ended the job)") { Type = "request_timeout" },
        new("platform", OfJson("""
            {"error":{"type":"authorization_error","message":"Admin scope needed","docs_url":"https://docs.example","request_id":"req-2"}}
            """, 403), "Admin scope needed") { Type = "authorization_error", RequestId = "req-2" },
        new("empty-object", OfJson("{}", 400), "no explanation was given"),
        new("null", OfJson("null", 500), "no explanation was given"),
    ];

    private static IEnumerable<ErrorShape> NotJson() =>
    [
        new("cut-off", OfJson("""{"detail":[{"loc":["bo""", 500), """{"detail":[{"loc":["bo"""),
        new("empty", OfHtml("", 403), "no explanation was given"),
        new("nginx", Dialect.Gateway(502, "Bad Gateway"), "502 Bad Gateway"),
        new("plain-text", OfText("upstream connect error or disconnect/reset before headers\n", 500),
            "upstream connect error or disconnect/reset before headers"),
        new("long-text", OfText(new string('x', 1200), 500), new string('x', 300) + "…"),
        new("many-lines", OfText("one\r\ntwo\r\n", 400), "one  two"),
    ];
}
