using Zoetrope.Protocol.Tests.Stubs;
using static Zoetrope.TestKit.CannedResponse;

namespace Zoetrope.Protocol.Tests.Fal;

/// <summary>fal's direct runs: results, errors instead of them, and connections that break.</summary>
public sealed class FalDirectRunStubs : IStubs
{
    private const string Video = """{"video":{"url":"https://files.example/out.mp4","content_type":"video/mp4"}}""";

    public static void Add(StubServer stubs)
    {
        foreach (var model in (string[])["ok", "elsewhere"])
            stubs.Post("/run/direct/" + model).Gives(OfJson(Video).With("X-Fal-Billable-Units: 2", "x-fal-request-id: direct-1"));
        stubs.Post("/run/direct/invalid").Gives(OfJson("""{"detail":[{"loc":["body","prompt"],"msg":"Field required","type":"missing"}]}""", 422));
        stubs.Post("/run/direct/broken").Gives(OfJson("""{"detail":"Internal Server Error"}""", 500));
        stubs.Post("/run/direct/timeout").Gives(
            OfJson("""{"detail":"Request timed out","error_type":"request_timeout"}""", 504).With("X-Fal-Request-Timeout-Type: user"));
        stubs.Post("/run/direct/reset").Gives(WireFault.Reset);
        stubs.Post("/run/direct/slow").Gives(WireFault.Stall);
        stubs.Post("/run/direct/text").Gives(OfText("made of text"));
        stubs.Post("/run/direct/odd").Gives(OfJson("""{"video":[]}"""));
        stubs.Post("/run/direct/busy").Gives(
            OfJson("""
                {"detail":"Too many concurrent requests","error_type":"concurrent_requests_limit"}
                """, 429).With("Retry-After: 0", "X-Fal-Needs-Retry: 1"),
            OfJson(Video));
    }
}
