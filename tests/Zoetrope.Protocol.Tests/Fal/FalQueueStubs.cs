using Zoetrope.Protocol.Tests.Stubs;
using static Zoetrope.TestKit.CannedResponse;

namespace Zoetrope.Protocol.Tests.Fal;

/// <summary>fal's queue: one job from end to end, and every form of a status, a result, a failure and a cancellation.</summary>
public sealed class FalQueueStubs : IStubs
{
    private const string Video = """{"video":{"url":"https://files.example/out.mp4","content_type":"video/mp4"}}""";

    public static void Add(StubServer stubs)
    {
        AddFlow(stubs);
        AddStatuses((job, status, json) => stubs.Get($"/words/app/requests/{job}/status").Gives(OfJson(json, status)));
        AddFailures(stubs);
        stubs.Get("/results/app/requests/*/status").Gives(OfJson("""{"status":"COMPLETED","metrics":{"inference_time":2}}"""));
        AddErrorsForResults(job => stubs.Get("/results/app/requests/" + job));
        AddLateResults(job => stubs.Get("/results/app/requests/" + job));
        AddCancels((job, status, json) => stubs.Put($"/cancel/app/requests/{job}/cancel").Gives(OfJson(json, status)));
    }

    private static void AddFlow(StubServer stubs)
    {
        const string job = "/queue/flow/requests/flow-1";
        stubs.Post("/queue/flow/deep").Gives(OfJson($$"""
            {"status":"IN_QUEUE","request_id":"flow-1","queue_position":2,"response_url":"{{stubs.BaseUrl}}queue/flow/requests/flow-1",
             "status_url":"{{stubs.BaseUrl}}queue/flow/requests/flow-1/status","cancel_url":"{{stubs.BaseUrl}}queue/flow/requests/flow-1/cancel"}
            """).With("x-fal-request-id: gateway-1"));
        stubs.Get(job + "/status").Gives(
            OfJson("""{"status":"IN_QUEUE","request_id":"flow-1","queue_position":1}""", 202),
            OfJson("""
                {"status":"IN_PROGRESS","request_id":"flow-1",
                 "logs":[{"message":"Loading model","timestamp":"2026-08-20T10:00:00.5Z","level":"INFO","source":"USER"}]}
                """, 202),
            OfJson("""
                {"status":"COMPLETED","request_id":"flow-1","metrics":{"inference_time":9.25},
                 "logs":[{"message":"Loading model","timestamp":"2026-08-20T10:00:00.5Z","level":"INFO","source":"USER"},
                         {"message":"100%","timestamp":"2026-08-20T10:00:09Z","labels":{"level":"STDERR"}}]}
                """));
        stubs.Get(job).Gives(OfJson(Video).With("X-Fal-Billable-Units: 5.5", "x-fal-request-id: result-1"));
    }

    private static void AddStatuses(Action<string, int, string> on)
    {
        on("queued", 202, """{"status":"IN_QUEUE","request_id":"queued","queue_position":3}""");
        on("running", 202, """{"status":"IN_PROGRESS","request_id":"running","logs":null}""");
        on("unknown-word", 202, """{"status":"WARMING_UP","request_id":"unknown-word"}""");
        on("completed", 200, """{"status":"COMPLETED","request_id":"completed","logs":{"detail":"typed as an object"},"metrics":{"inference_time":null}}""");
        on("completed-legacy", 200, """{"status":"COMPLETED","request_id":"completed-legacy","error":null,"error_type":null}""");
        on("failed", 200, """{"status":"COMPLETED","request_id":"failed","error":"Runner went away","error_type":"runner_disconnected"}""");
        on("failed-untyped", 200, """{"status":"COMPLETED","request_id":"failed-untyped","error":"Out of memory"}""");
        on("failed-object", 200, """{"status":"COMPLETED","request_id":"failed-object","error":{"code":7}}""");
        on("failed-word", 200, """{"status":"FAILED","request_id":"failed-word"}""");
        on("cancelled", 200, """{"status":"COMPLETED","request_id":"cancelled","error":"Request was cancelled","error_type":"client_cancelled"}""");
        on("cancelled-word", 200, """{"status":"CANCELLED","request_id":"cancelled-word"}""");
    }

    private static void AddFailures(StubServer stubs)
    {
        const string jobs = "/failures/app/requests/";
        stubs.Get(jobs + "explained/status").Gives(OfJson("""
            {"status":"COMPLETED","request_id":"explained","error":"Invalid status code: 422","error_type":"bad_request","metrics":{"inference_time":0.5}}
            """));
        stubs.Get(jobs + "explained").Gives(OfJson(
            """{"detail":[{"loc":["body","image_url"],"msg":"Image is too small","type":"image_too_small"}]}""", 422).With("x-fal-request-id: req-9"));
        stubs.Get(jobs + "unexplained/status").Gives(OfJson("""{"status":"COMPLETED","request_id":"unexplained","error":"Runner went away"}"""));
        stubs.Get(jobs + "unexplained").Gives(WireFault.Reset);
    }

    private static void AddErrorsForResults(Func<string, Stub> on)
    {
        on("invalid").Gives(OfJson("""
            {"detail":[{"loc":["body","image_url"],"msg":"Image is too small","type":"image_too_small","url":"https://docs.example/errors",
              "ctx":{"min_height":300,"min_width":300},"input":"https://example.com/a.png"}]}
            """, 422).With("x-fal-request-id: req-9"));
        on("policy").Gives(OfJson("""
            {"detail":[{"loc":["body","prompt"],"msg":"The content could not be processed","type":"content_policy_violation"}]}
            """, 422).With("x-fal-request-id: req-9", "X-Fal-Retryable: false"));
        on("cancelled").Gives(OfJson("""{"detail":"Request was cancelled by the client","error_type":"client_cancelled"}""", 499));
        on("disconnected").Gives(OfJson("""{"detail":"Client disconnected","error_type":"client_disconnected"}""", 499));
        on("start-timeout").Gives(OfJson("""{"detail":"Request timed out"}""", 504).With("x-fal-request-id: req-9", "X-Fal-Request-Timeout-Type: user"));
        on("crashed").Gives(OfJson("""{"detail":"Internal Server Error"}""", 500).With("x-fal-request-id: req-9"));
        on("runner").Gives(OfJson("""{"detail":"Runner refused the connection"}""", 503).With("X-Fal-Error-Type: runner_connection_refused"));
    }

    private static void AddLateResults(Func<string, Stub> on)
    {
        on("early").Gives(OfJson("""{"detail":"Request is still in progress"}""", 400), OfJson(Video));
        on("accepted").Gives(OfJson("""{"status":"IN_PROGRESS","request_id":"accepted"}""", 202), OfJson(Video));
        on("gateway").Gives(Dialect.Gateway(503, "Service Temporarily Unavailable"), OfJson(Video));
        on("reset").Gives(WireFault.Reset, OfJson(Video));
        on("seed").Gives(OfJson("""{"seed": 17454220438242315174, "video": {"url": "https://files.example/out.mp4", "fps": 24.0}}"""));
    }

    private static void AddCancels(Action<string, int, string> on)
    {
        on("requested", 202, """{"status":"CANCELLATION_REQUESTED"}""");
        on("success", 200, """{"success":true}""");
        on("completed", 400, """{"status":"ALREADY_COMPLETED"}""");
        on("unknown", 404, """{"status":"NOT_FOUND"}""");
        on("refused", 401, """{"detail":"No user found for Key ID and Secret"}""");
        on("broken", 500, """{"detail":"Internal Server Error"}""");
        on("odd", 400, """{"detail":"Invalid request id"}""");
    }
}
