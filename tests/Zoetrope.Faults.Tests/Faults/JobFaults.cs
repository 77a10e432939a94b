namespace Zoetrope.Faults.Tests;

/// <summary>
/// Good responses to requests about a job that name a job: another one, as a cache or a gateway that mixes two up gives them, or the right one.
/// </summary>
internal static class JobFaults
{
    private const string AnotherJob = "job-77aa01b2";
    private const string Urls = $"\"response_url\":\"https://queue.fal.run/fal-ai/kling-video/requests/{AnotherJob}\"";

    public static IEnumerable<Fault> All { get; } =
    [
        Named("another", Meaning.AnotherJob, AnotherJob, $"\"request_id\":\"{AnotherJob}\",\"id\":\"{AnotherJob}\",{Urls}"),
        Named("another, as a prediction", Meaning.AnotherJob, AnotherJob, $"\"request_id\":\"{AnotherJob}\",\"predictionID\":\"{AnotherJob}\",{Urls}"),
        Named("the right one, in capitals", Meaning.Good, FalCalls.JobId.ToUpperInvariant(), $"\"request_id\":\"{FalCalls.JobId.ToUpperInvariant()}\""),
        Named("none", Meaning.Good, "", "\"request_id\":\"\",\"id\":\"\",\"predictionID\":null"),
    ];

    // Only where a job was asked about can the response be about another, which has another result.
    private static Fault Named(string name, Meaning means, string id, string members) => new($"job: {name}", means, stage =>
    {
        if (!stage.Request!.Holds(FalCalls.JobId))
            return stage.SendAsync(stage.Good);
        var text = stage.Good.Text.Replace(FalCalls.JobId, id, StringComparison.Ordinal);
        if (means == Meaning.AnotherJob)
            text = text.Replace(FalCalls.Video, "https://files.example/others.mp4", StringComparison.Ordinal);
        return stage.SendAsync(stage.Good.WithText(JsonFaults.Into(text, members)));
    })
    {
        // A response that does not name its job cannot be seen to be about another, and that to a request for a result names files.
        AppliesTo = call => call.Recorded is null
            || (means != Meaning.AnotherJob && call.Kind != CallKind.Result)
            || (call.FaultAt is "submit" or "status" or "cancel" && call.Responses[call.FaultAt][0].Text.Contains(FalCalls.JobId, StringComparison.Ordinal)),
    };
}
