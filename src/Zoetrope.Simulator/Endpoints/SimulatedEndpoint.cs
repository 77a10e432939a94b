using System.Globalization;
using System.Text.Json.Nodes;
using Zoetrope.Simulator.Validation;

namespace Zoetrope.Simulator.Endpoints;

/// <summary>A model endpoint that the simulator plays.</summary>
/// <param name="Provider">The provider: <c>fal</c> or <c>eachlabs</c>.</param>
/// <param name="Id">The provider's id of the endpoint.</param>
/// <param name="Input">What its documents ask of a request.</param>
/// <param name="Output">Makes its results.</param>
/// <param name="CreatesPerMinute">How many jobs a key may create per minute, if the page states it.</param>
/// <param name="ConcurrentJobs">How many jobs a key may have in flight, if the page states it.</param>
internal sealed record SimulatedEndpoint(
    string Provider, string Id, InputSchema Input, OutputSample Output, int? CreatesPerMinute = null, int? ConcurrentJobs = null)
{
    /// <summary>How much a job is billed for: the seconds of video asked for (or taken by default), else one unit.</summary>
    public decimal Units(JsonObject input)
    {
        var asked = input["duration"]?.ToString();
        if (asked is null && Input.Schema.ActualSchema.Properties.TryGetValue("duration", out var parameter))
            asked = parameter.ActualSchema.Default?.ToString() ?? parameter.Default?.ToString();
        return decimal.TryParse(asked, NumberStyles.Number, CultureInfo.InvariantCulture, out var seconds) && seconds > 0 ? seconds : 1;
    }
}
