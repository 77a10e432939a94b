using Zoetrope.Protocol.Tests.Stubs;
using static Zoetrope.TestKit.CannedResponse;

namespace Zoetrope.Protocol.Tests;

/// <summary>Servers that redirect, echo the key, or send too much; at both providers.</summary>
public sealed class TrustRuleStubs : IStubs
{
    public static void Add(StubServer stubs)
    {
        foreach (var provider in Dialect.Both)
        {
            AddRedirects(stubs, provider);
            AddEchoes(model => provider.Submits(stubs, "echo/" + model));
            provider.Submits(stubs, "large/receipt").Gives(Padded(provider.Accepted("large/receipt")));
            provider.Submits(stubs, "large/status").Gives(provider.Accepted("large/status"));
            provider.Polls(stubs, "large/status").Gives(Padded(provider.Running("large/status")));
        }
        stubs.Any("/redirected/*").Gives(OfJson("""{"request_id":"r","status":"COMPLETED","predictionID":"r"}"""));
    }

    private static void AddRedirects(StubServer stubs, Dialect provider)
    {
        var location = $"Location: http://localhost:{stubs.BaseUrl.Port}/redirected/{provider.Provider}";
        foreach (var status in (int[])[301, 302, 307, 308])
            provider.Submits(stubs, $"redirects/http-{status}").Gives(OfJson("", status).With(location));
        provider.Submits(stubs, "redirects/poll").Gives(provider.Accepted("redirects/poll"));
        provider.Polls(stubs, "redirects/poll").Gives(OfJson("", 307).With(location));
    }

    private static void AddEchoes(Func<string, Stub> on)
    {
        on("key").Echoes(OfJson("", 401), static key => $$"""{"detail":"Bad credentials: {{key}}","error":"Bad credentials: {{key}}"}""");
        on("unreadable").Echoes(OfHtml(""), static key => "Hello " + key);
    }

    private static CannedResponse Padded(CannedResponse response) => response.WithText($"{response.Text[..^1]},\"padding\":\"{new string('x', 4000)}\"}}");
}
