using Zoetrope.Protocol.Tests.Stubs;
using static Zoetrope.TestKit.CannedResponse;

namespace Zoetrope.Protocol.Tests.Fal;

/// <summary>Receipts with the URLs of a job: fal's own, and those that lead to <c>/stolen</c>, where everything looks good.</summary>
public sealed class FalReturnedUrlStubs : IStubs
{
    private const string Queue = "https://queue.fal.run";
    private const string Video = """{"video":{"url":"https://files.example/out.mp4","content_type":"video/mp4"}}""";

    public static void Add(StubServer stubs)
    {
        AddJobs(stubs);
        AddGoodReceipts(stubs, stubs.BaseUrl.GetLeftPart(UriPartial.Authority));
        AddBadReceipts(stubs, stubs.BaseUrl.GetLeftPart(UriPartial.Authority), stubs.BaseUrl.Port);
    }

    private static void AddJobs(StubServer stubs)
    {
        stubs.Get("/elsewhere/jobs/urls-elsewhere/status").Gives(OfJson("""{"status":"COMPLETED","request_id":"urls-elsewhere"}"""));
        stubs.Get("/elsewhere/jobs/urls-elsewhere/response").Gives(OfJson(Video));
        stubs.Put("/elsewhere/jobs/urls-elsewhere/cancel").Gives(OfJson("""{"status":"CANCELLATION_REQUESTED"}""", 202));
        stubs.Get("/official/jobs/urls-official/status").Gives(OfJson("""{"status":"COMPLETED","request_id":"urls-official"}"""));
        stubs.Get("/official/jobs/urls-official").Gives(OfJson(Video));
        stubs.Any("/stolen/*").Gives(OfJson("""{"status":"COMPLETED"}"""));
        foreach (var name in (string[])["foreign", "plain-http", "lookalike", "password", "other-port", "dots", "escaped", "relative", "nonsense",
            "queried", "other-job", "other-purpose", "swapped", "forged", "usual", "usual-before-the-id", "usual-twice"])
        {
            var job = $"/urls/{name}/requests/urls-{name}";
            stubs.Get(job + "/status").Gives(OfJson($$"""{"status":"COMPLETED","request_id":"urls-{{name}}"}"""));
            stubs.Get(job).Gives(OfJson(Video));
            stubs.Put(job + "/cancel").Gives(OfJson("""{"status":"ALREADY_COMPLETED"}""", 400));
        }
    }

    private static void AddGoodReceipts(StubServer stubs, string server)
    {
        const string elsewhere = "/elsewhere/jobs/urls-elsewhere";
        AddReceipt(stubs, "elsewhere", server + elsewhere + "/status", server + elsewhere + "/response", server + elsewhere + "/cancel");
        AddReceipt(stubs, "official", Queue + "/official/jobs/urls-official");
        AddReceipt(stubs, "usual", Queue + "/urls/usual/requests/urls-usual");
        const string before = Queue + "/urls/usual-before-the-id/requests/urls-usual-before-the-id";
        AddJson(stubs, "usual-before-the-id", $$"""{"status_url":"{{before}}/status","response_url":"{{before}}","request_id":"urls-usual-before-the-id"}""");
        const string twice = Queue + "/urls/usual-twice/requests/urls-usual-twice";
        AddJson(stubs, "usual-twice", $$"""{"request_id":"urls-usual-twice","response_url":"{{twice}}","response_url":"{{twice}}"}""");
        const string last = Queue + "/official/jobs/urls-official-last";
        const string first = Queue + "/urls/official-last/requests/urls-official-last";
        AddJson(
            stubs, "official-last",
            $$"""{"request_id":"urls-official-last","response_url":"{{first}}","response_url":"{{last}}","status_url":"{{last}}/status","cancel_url":"{{last}}/cancel"}""");
    }

    private static void AddBadReceipts(StubServer stubs, string server, int port)
    {
        AddReceipt(stubs, "foreign", $"http://localhost:{port}/stolen/urls-foreign");
        AddReceipt(stubs, "plain-http", "http://queue.fal.run/stolen/urls-plain-http");
        AddReceipt(stubs, "lookalike", "https://queue.fal.run.attacker.example/stolen/urls-lookalike");
        AddReceipt(stubs, "password", $"http://user:pass@127.0.0.1:{port}/stolen/urls-password");
        AddReceipt(stubs, "other-port", "http://127.0.0.1:1/stolen/urls-other-port");
        AddReceipt(stubs, "dots", server + "/urls/dots/../../stolen/urls-dots");
        AddReceipt(stubs, "escaped", server + "/urls/%2e%2e/stolen/urls-escaped");
        AddReceipt(stubs, "relative", "/stolen/urls-relative");
        AddReceipt(stubs, "nonsense", "not a url");
        AddReceipt(stubs, "other-job", server + "/stolen/another");
        const string queried = "/stolen/urls-queried";
        AddReceipt(stubs, "queried", server + queried + "/status?next=1", server + queried + "#a", server + queried + "/cancel?x");
        const string purpose = "/stolen/urls-other-purpose";
        AddReceipt(stubs, "other-purpose", server + purpose + "/state", server + purpose + "/files", server + purpose + "/delete");
        const string swapped = "/stolen/urls-swapped";
        AddReceipt(stubs, "swapped", server + swapped + "/cancel", server + swapped + "/cancel", server + swapped + "/status");
    }

    private static void AddReceipt(StubServer stubs, string name, string job) => AddReceipt(stubs, name, job + "/status", job, job + "/cancel");

    private static void AddReceipt(StubServer stubs, string name, string status, string response, string cancel) => AddJson(
        stubs, name, $$"""{"request_id":"urls-{{name}}","status_url":"{{status}}","response_url":"{{response}}","cancel_url":"{{cancel}}"}""");

    private static void AddJson(StubServer stubs, string name, string json) => stubs.Post("/urls/" + name).Gives(OfJson(json));
}
