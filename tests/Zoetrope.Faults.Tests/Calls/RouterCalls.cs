using Zoetrope.Catalog;
using Zoetrope.Routing;

namespace Zoetrope.Faults.Tests;

/// <summary>The calls of the router over both providers, where the first one has the faults and the second one is well.</summary>
internal static class RouterCalls
{
    private static readonly Dictionary<string, CannedResponse[]> _responses =
        new(FalCalls.Responses.Concat(EachlabsCalls.Responses).DistinctBy(step => step.Key));

    public static IEnumerable<Call> All { get; } =
    [
        Of("router.run, fal first", "submit", "fal"),
        Of("router.run, Eachlabs first", "create", "eachlabs") with { Provider = "eachlabs", Key = Keys.Eachlabs },
    ];

    private static Call Of(string name, string step, string first) =>
        new(name, CallKind.Route, step, StepOf, _responses, setup => RunAsync(setup, first), FalCalls.Video);

    private static string StepOf(ReceivedRequest request) => FalCalls.StepOf(request) is var step and not "unknown" ? step : EachlabsCalls.StepOf(request);

    private static async Task<string> RunAsync(CallSetup setup, string first)
    {
        var router = new MediaRouter(setup.Fal(), setup.Eachlabs());
        var request = new KlingO3ProImageToVideo.Request { ImageUrl = "https://example.com/a.png", Prompt = "She turns around" };
        var result = await router.KlingO3ProImageToVideo.RunAsync(request, new RouteOptions { PreferredProvider = first, Wait = FalCalls.Patient() });
        return result.Value.Video.Url;
    }
}
