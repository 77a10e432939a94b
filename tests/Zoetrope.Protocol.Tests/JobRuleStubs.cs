using Zoetrope.Protocol.Tests.Stubs;
using static Zoetrope.TestKit.CannedResponse;

namespace Zoetrope.Protocol.Tests;

/// <summary>Jobs whose polls fail, that do not end, or end oddly; at both providers.</summary>
public sealed class JobRuleStubs : IStubs
{
    public static void Add(StubServer stubs)
    {
        foreach (var provider in Dialect.Both)
        {
            foreach (var (fault, response) in BadPolls())
                provider.AddJob(stubs, "polls/" + fault, [response]);
            provider.AddJob(stubs, "jobs/resumed", [provider.Running("jobs/resumed")]);
            provider.AddJob(stubs, "jobs/odd", [], """{"video":["not a file"]}""");
            foreach (var model in (string[])["jobs/endless", "jobs/kept"])
            {
                provider.Submits(stubs, model).Gives(provider.Accepted(model));
                provider.Polls(stubs, model).Gives(provider.Running(model));
            }
            provider.Submits(stubs, "jobs/forbidden").Gives(provider.Accepted("jobs/forbidden"));
            provider.Polls(stubs, "jobs/forbidden").Gives(Dialect.Error(401, "bad key"));
        }
        foreach (var model in (string[])["jobs/endless", "jobs/kept"])
        {
            stubs.Put($"/{model}/requests/*/cancel").Gives(OfJson("""{"status":"CANCELLATION_REQUESTED"}""", 202));
            stubs.Post($"/v1/prediction/{model.Replace('/', '-')}/cancel").Gives(OfJson("""{"status":"cancelled"}"""));
        }
    }

    private static IEnumerable<(string Fault, CannedResponse Response)> BadPolls() =>
    [
        ("reset", FaultProxy.Play(WireFault.Reset)),
        ("empty", FaultProxy.Play(WireFault.EmptyResponse)),
        ("malformed", FaultProxy.Play(WireFault.MalformedChunk)),
        ("random", FaultProxy.Play(WireFault.RandomData)),
        ("slow", FaultProxy.Play(WireFault.Stall)),
        ("http-500", Dialect.Error(500, "oops")),
        ("http-502", Dialect.Gateway(502, "Bad Gateway")),
        ("http-503", OfHtml("", 503)),
        ("http-429", Dialect.Busy("slow down")),
        ("not-json", OfHtml("<html></html>")),
        ("no-status", OfJson("{}")),
    ];
}
