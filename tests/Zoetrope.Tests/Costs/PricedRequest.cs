using System.Text.Json;
using Zoetrope.Json;
using Zoetrope.Costs;
using Zoetrope.Models;
using Zoetrope.Validation;

namespace Zoetrope.Tests;

/// <summary>An input whose estimate is the text that it carries, such as <c>exactly 0.5 USD</c>.</summary>
public sealed class PricedRequest : IModelRequest<PricedRequest>, IPricedRequest
{
    public string Estimate { get; set; } = "";

    public static PricedRequest Read(ref Utf8JsonReader reader)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return new() { Estimate = document.RootElement.GetProperty("estimate").GetString()! };
    }

    public void Write(JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("estimate", Estimate);
        writer.WriteEndObject();
    }

    public void Validate(ref ValidationContext context)
    {
    }

    public CostEstimate EstimateCost() => Estimate.Split(' ') switch
    {
        ["exactly", var amount, var unit] => CostEstimate.Exact(decimal.Parse(amount), unit, "the test"),
        ["at-most", var amount, var unit] => CostEstimate.AtMost(decimal.Parse(amount), unit, "it may be shorter", "the test"),
        ["range", var low, var high, var unit] => CostEstimate.Range(decimal.Parse(low), decimal.Parse(high), unit, "duration is not given", "the test"),
        _ => CostEstimate.Unknown("the page states no price"),
    };
}
