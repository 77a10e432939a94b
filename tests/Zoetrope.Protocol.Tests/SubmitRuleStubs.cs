using Zoetrope.Protocol.Tests.Stubs;
using static Zoetrope.TestKit.CannedResponse;

namespace Zoetrope.Protocol.Tests;

/// <summary>Submits that break, are refused, or get a response that nobody can read; at both providers.</summary>
public sealed class SubmitRuleStubs : IStubs
{
    private const string TooMany = """{"status":429,"error":"too many requests","details":"10 in flight"}""";

    public static void Add(StubServer stubs)
    {
        foreach (var provider in Dialect.Both)
        {
            AddBroken(model => provider.Submits(stubs, "faults/" + model));
            AddUnreadable(model => provider.Submits(stubs, "faults/" + model));
            AddBusy(model => provider.Submits(stubs, "faults/" + model), provider.Accepted("faults/busy"));
            foreach (var status in (int[])[400, 401, 402, 403, 404, 422])
                provider.Submits(stubs, $"faults/refused-{status}").Gives(Dialect.Error(status, "refused"));
        }
    }

    private static void AddBroken(Func<string, Stub> on)
    {
        on("reset").Gives(WireFault.Reset);
        on("empty").Gives(WireFault.EmptyResponse);
        on("malformed").Gives(WireFault.MalformedChunk);
        on("random").Gives(WireFault.RandomData);
        on("slow").Gives(WireFault.Stall);
        foreach (var status in (int[])[408, 500, 502, 503, 504])
            on($"http-{status}").Gives(Dialect.Error(status, "try later"));
        on("nginx-502").Gives(Dialect.Gateway(502, "Bad Gateway"));
    }

    private static void AddUnreadable(Func<string, Stub> on)
    {
        on("not-json").Gives(OfHtml("<html><title>Welcome</title></html>"));
        on("truncated").Gives(OfJson("""{"request_id":"abc","predictionID":"ab"""));
        on("no-id").Gives(OfJson("""{"status":"IN_QUEUE"}"""));
        on("list").Gives(OfJson("""["a"]"""));
        on("empty-object").Gives(OfJson("{}"));
        on("nothing").Gives(OfJson("", 204));
        on("said-busy").Gives(OfJson(TooMany));
    }

    private static void AddBusy(Func<string, Stub> on, CannedResponse accepted)
    {
        on("busy").Gives(Dialect.Busy(), accepted);
        on("always-busy").Gives(OfJson("""
            {"detail":"10 in flight","status":429,"error":"too many requests","details":"10 in flight"}
            """, 429).With("Retry-After: 0"));
        on("busy-then-broken").Gives(Dialect.Busy(), FaultProxy.Play(WireFault.Reset));
    }
}
