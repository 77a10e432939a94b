namespace Zoetrope.Protocol.Tests.Stubs;

/// <summary>How a provider says what both can say, for the stubs of rules that hold for both. A job is named after its model.</summary>
public abstract class Dialect
{
    protected const string Video = """{"video":{"url":"https://files.example/out.mp4","content_type":"video/mp4"}}""";

    /// <summary>Both providers.</summary>
    public static IReadOnlyList<Dialect> Both { get; } = [new FalDialect(), new EachlabsDialect()];

    /// <summary>The provider.</summary>
    public abstract string Provider { get; }

    /// <summary>The stub for the submits of a model.</summary>
    public abstract Stub Submits(StubServer stubs, string model);

    /// <summary>The stub for the polls of a model's job.</summary>
    public abstract Stub Polls(StubServer stubs, string model);

    /// <summary>The receipt of a submit.</summary>
    public abstract CannedResponse Accepted(string model);

    /// <summary>A job that goes on.</summary>
    public abstract CannedResponse Running(string model);

    /// <summary>Adds a job that ends with a result, after the polls that come first.</summary>
    public abstract void AddJob(StubServer stubs, string model, CannedResponse[] polls, string result = Video);

    /// <summary>An error in words that both providers use.</summary>
    public static CannedResponse Error(int status, string message) =>
        CannedResponse.OfJson($$"""{"detail":"{{message}}","error":"{{message}}"}""", status);

    /// <summary>429, to be sent again at once.</summary>
    public static CannedResponse Busy(string message = "busy") => Error(429, message).With("Retry-After: 0");

    /// <summary>The page of a gateway.</summary>
    public static CannedResponse Gateway(int status, string reason) => CannedResponse.OfHtml(
        $"<html>\r\n<head><title>{status} {reason}</title></head>\r\n<body>\r\n<center><h1>{status} {reason}</h1></center>\r\n"
        + "<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n",
        status);

    protected static string JobOf(string model) => model.Replace('/', '-');

    private sealed class FalDialect : Dialect
    {
        public override string Provider => "fal";

        public override Stub Submits(StubServer stubs, string model) => stubs.Post("/" + model);

        public override Stub Polls(StubServer stubs, string model) => stubs.Get($"/{model}/requests/{JobOf(model)}/status");

        public override CannedResponse Accepted(string model) =>
            CannedResponse.OfJson($$"""{"status":"IN_QUEUE","request_id":"{{JobOf(model)}}","queue_position":0}""");

        public override CannedResponse Running(string model) =>
            CannedResponse.OfJson($$"""{"status":"IN_PROGRESS","request_id":"{{JobOf(model)}}","logs":null}""");

        public override void AddJob(StubServer stubs, string model, CannedResponse[] polls, string result = Video)
        {
            Submits(stubs, model).Gives(Accepted(model));
            var completed = CannedResponse.OfJson($$$"""{"status":"COMPLETED","request_id":"{{{JobOf(model)}}}","metrics":{"inference_time":1.5}}""");
            Polls(stubs, model).Gives([.. polls, completed]);
            stubs.Get($"/{model}/requests/{JobOf(model)}").Gives(CannedResponse.OfJson(result));
        }
    }

    private sealed class EachlabsDialect : Dialect
    {
        public override string Provider => "eachlabs";

        public override Stub Submits(StubServer stubs, string model) => stubs.Post("/v1/prediction/", model);

        public override Stub Polls(StubServer stubs, string model) => stubs.Get($"/v1/prediction/{JobOf(model)}");

        public override CannedResponse Accepted(string model) => CannedResponse.OfJson(
            $$"""{"status":"success","message":"Prediction created successfully","predictionID":"{{JobOf(model)}}"}""");

        public override CannedResponse Running(string model) => CannedResponse.OfJson(
            $$$"""{"id":"{{{JobOf(model)}}}","status":"processing","output":null,"logs":null,"metrics":{"predict_time":0,"cost":0}}""");

        public override void AddJob(StubServer stubs, string model, CannedResponse[] polls, string result = Video)
        {
            Submits(stubs, model).Gives(Accepted(model));
            var success = $$$"""{"id":"{{{JobOf(model)}}}","status":"success","output":{{{result}}},"logs":null,"metrics":{"predict_time":1.5,"cost":0.05}}""";
            Polls(stubs, model).Gives([.. polls, CannedResponse.OfJson(success)]);
        }
    }
}
