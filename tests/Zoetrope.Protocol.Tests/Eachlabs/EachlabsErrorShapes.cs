using Zoetrope.Protocol.Tests.Stubs;
using static Zoetrope.TestKit.CannedResponse;

namespace Zoetrope.Protocol.Tests.Eachlabs;

/// <summary>Every error response of Eachlabs' documents, and those of what is in front of Eachlabs.</summary>
internal static class EachlabsErrorShapes
{
    public static IEnumerable<ErrorShape> All =>
    [
        new("error-text", OfJson("""{"error":"model is required"}""", 400), "model is required"),
        new("detail", OfJson("""{"detail":"Not a model"}""", 422), "Not a model"),
        new("message-details", OfJson("""{"status":"error","message":"Invalid input","details":"image_url is required"}""", 422),
            "Invalid input: image_url is required"),
        new("details-object", OfJson("""{"status":"error","message":"Invalid input","details":{"image_url":"required"}}""", 422),
            """Invalid input: {"image_url":"required"}"""),
        new("status-error-details", OfJson("""
            {"status":402,"error":"payment required","details":"balance is too low for this job"}
            """, 402).With("X-Request-Id: rid-7"), "payment required: balance is too low for this job") { RequestId = "rid-7" },
        new("openai", OfJson("""
            {"error":{"message":"Incorrect API key","type":"invalid_request_error","param":null,"code":"invalid_api_key"}}
            """, 401), "Incorrect API key") { Type = "invalid_api_key" },
        new("envelope", OfJson("""
            {"classification":{"category":"PROVIDER"},"error":"Execution failed","error_code":"PROVIDER_REJECTED",
             "error_message":"the provider rejected the image","retryable":false,"status":"ERROR","success":false}
            """, 500), "the provider rejected the image") { Type = "PROVIDER_REJECTED", Retryable = false },
        new("category-only", OfJson("""{"classification":{"category":"NETWORK"},"error":"Execution failed","retryable":true}""", 500), "Execution failed")
        {
            Type = "NETWORK",
            Retryable = true,
        },
        new("list", OfJson("""[{"id":"","error":"Error: content refused"}]""", 500), "Error: content refused"),
        new("text-value", OfJson("\"oops\"", 500), "oops"),
        new("lone-surrogate", OfJson("""{"\ud800": 1, "detail": "bad \ud800 text"}""", 400), """bad \ud800 text"""),
        new("empty-object", OfJson("{}", 401), "no explanation was given"),
        new("empty", OfHtml("", 403), "no explanation was given"),
        new("html", Dialect.Gateway(502, "Bad Gateway"), "502 Bad Gateway"),
        new("long-text", OfText(new string('x', 1200), 500), new string('x', 300) + "…"),
        new("many-lines", OfText("one\r\ntwo\r\n", 400), "one  two"),
    ];
}
