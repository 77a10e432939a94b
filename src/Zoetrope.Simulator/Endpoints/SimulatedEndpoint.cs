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
    /// <summary>Whether its page says that its result is a text.</summary>
    public bool IsText { get; init; }

    /// <summary>What its page states about prices; null where that is nothing.</summary>
    public PagePrices? Prices { get; init; }

    /// <summary>What a job is billed by: the seconds of video, or the images, that a request can ask for, or else the request.</summary>
    public string BillingUnit => Has("duration") ? "seconds" : Has("num_images") ? "images" : "requests";

    /// <summary>How many of these a job is billed for, as they are asked for or taken by default.</summary>
    public decimal Units(JsonObject input)
    {
        var values = new InputValues(input, Input.Schema);
        return BillingUnit switch
        {
            "seconds" => Positive(values.Number("duration")),
            "images" => Positive(values.Number("num_images")),
            _ => 1,
        };
    }

    /// <summary>What a job costs: by the prices of its page, or else by the price of a unit.</summary>
    public decimal Cost(JsonObject input, decimal unitPrice) => Prices?.Of(new InputValues(input, Input.Schema)) ?? Units(input) * unitPrice;

    private bool Has(string parameter) => Input.Schema.ActualSchema.Properties.ContainsKey(parameter);

    private static decimal Positive(decimal? number) => number is > 0 ? number.Value : 1;
}
