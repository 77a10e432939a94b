using Zoetrope.Protocol.Tests.Stubs;
using static Zoetrope.TestKit.CannedResponse;

namespace Zoetrope.Protocol.Tests.Eachlabs;

/// <summary>Eachlabs' predictions: one from end to end, and every form of a status, an output, a failure and a cancellation.</summary>
public sealed class EachlabsPredictionStubs : IStubs
{
    public static void Add(StubServer stubs)
    {
        AddFlow(stubs);
        AddReceipts(stubs);
        AddStatuses((job, rest) => stubs.Get("/v1/prediction/" + job).Gives(OfJson(
            $$$"""{"id":"{{{job}}}",{{{rest}}},"metrics":{"predict_time":2,"cost":0.25}}""")));
        AddCancels((job, status, json) => stubs.Post($"/v1/prediction/cancel-{job}/cancel").Gives(OfJson(json, status)));
        AddJobsAfterCancels(job => stubs.Get("/v1/prediction/cancel-" + job));
    }

    private static void AddFlow(StubServer stubs)
    {
        const string prediction = """
            "id":"flow-2","input":{"prompt":"x"},
            "urls":{"cancel":"https://api.eachlabs.ai/v1/prediction/flow-2/cancel","get":"https://api.eachlabs.ai/v1/prediction/flow-2"}
            """;
        stubs.Post("/v1/prediction/", "flow-model").Gives(Created("flow-2"));
        stubs.Get("/v1/prediction/flow-2").Gives(
            OfJson($$$"""{{{{prediction}}},"status":"created","output":null,"logs":null,"metrics":{"predict_time":0,"cost":0}}"""),
            OfJson($$$"""{{{{prediction}}},"status":"processing","output":null,"logs":"step 1 of 2","metrics":{"predict_time":0,"cost":0}}"""),
            OfJson($$$"""
                {{{{prediction}}},"status":"success","output":"https://files.example/out.mp4","logs":null,"metrics":{"predict_time":12.5,"cost":0.05}}
                """).With("X-Request-Id: rid-2"));
    }

    private static void AddReceipts(StubServer stubs)
    {
        stubs.Post("/v1/prediction/", "options-model").Gives(OfJson("""{"status":"success","predictionID":"options-3"}"""));
        stubs.Post("/v1/prediction/", "plain-id").Gives(OfJson("""{"id":"from-id","status":"created"}"""));
        stubs.Post("/v1/prediction/", "limits-first").Gives(Created("limits-1"));
        stubs.Post("/v1/prediction/", "limits-second").Gives(Created("limits-2"));
        stubs.Get("/v1/prediction/limits-1").Gives(OfJson("""{"id":"limits-1","status":"success","output":"https://files.example/a.mp4"}"""));
    }

    private static void AddStatuses(Action<string, string> on)
    {
        foreach (var status in (string[])["created", "starting", "processing", "in_progress", "cancelled", "canceled"])
            on(status, $"\"status\":\"{status}\"");
        on("success", """ "status":"success","output":"https://files.example/a.mp4" """);
        on("succeeded", """ "status":"succeeded","output":["https://files.example/a.png"] """);
        on("completed", """ "status":"completed","output":{"url":"https://files.example/a.png"} """);
        on("no-output", """ "status":"success","output":null """);
        on("envelope", """
            "status":"error","output":{"classification":{"category":"VALIDATION"},"error":"Execution failed","error_code":"INPUT_VALIDATION_ERROR",
              "error_message":"duration must be at least 3","error_step":"validate","execution_id":"e","model_slug":"m","provider":"videoapi",
              "retryable":false,"status":"ERROR","success":false}
            """);
        on("envelope-minimal", """ "status":"error","output":{"error":"Provider rejected the request"} """);
        on("message-details", """ "status":"error","message":"Prediction failed","details":"The image could not be downloaded","output":null """);
        on("failed-logs", """ "status":"failed","output":null,"logs":"Traceback: out of memory" """);
        on("failed-list", """ "status":"failed","output":[{"id":"","status":"","output":"","error":"Error: content refused"}],"error":"" """);
        on("failed-text", """ "status":"failed","output":"The provider timed out" """);
        on("failed-bare", """ "status":"FAILED","output":null,"logs":null """);
    }

    private static void AddCancels(Action<string, int, string> on)
    {
        on("requested", 200, """{"status":"cancelled","message":"Prediction canceled successfully","predictionID":"cancel-requested"}""");
        on("success", 200, """{"status":"success","message":"Prediction canceled successfully","predictionID":"cancel-success"}""");
        on("unknown", 404, """{"error":"prediction not found"}""");
        on("unknown-500", 500, """{"error":"failed to cancel prediction"}""");
        on("ended", 400, """{"error":"prediction is already finished"}""");
        on("broken", 500, """{"error":"internal error"}""");
        on("broken-twice", 500, """{"error":"internal error"}""");
    }

    private static void AddJobsAfterCancels(Func<string, Stub> on)
    {
        on("unknown-500").Gives(OfJson("""{"error":"prediction not found"}""", 404));
        on("ended").Gives(OfJson("""{"id":"cancel-ended","status":"success","output":"https://files.example/a.mp4"}"""));
        on("broken").Gives(OfJson("""{"id":"cancel-broken","status":"processing"}"""));
        on("broken-twice").Gives(WireFault.EmptyResponse);
    }

    private static CannedResponse Created(string job) =>
        OfJson($$"""{"status":"success","message":"Prediction created successfully","predictionID":"{{job}}"}""");
}
