using Zoetrope.Generator.Emit;
using static Zoetrope.Generator.Emit.WellKnownNames;

namespace Zoetrope.Generator.Endpoints;

/// <summary>Writes what a job costs at a price that the provider publishes. An app that estimates nothing keeps nothing of it.</summary>
internal static class MeasureEmitter
{
    /// <summary>Writes the part of the request with its estimate.</summary>
    public static void Emit(SourceWriter writer, BoundEndpoint endpoint, BoundMeasure measure)
    {
        writer.Separate();
        using var part = writer.Block($"public sealed partial class Request : {MeasuredRequest}");
        using var method = writer.Block($"""
            /// <inheritdoc/>
            {CostEstimate} {MeasuredRequest}.EstimateCost({ProviderPrice} price)
            """);
        writer.Line($"var rules = new {CostRules}(price.Currency, {Literals.String(endpoint.Provider)}, _extraProperties);");
        var seconds = measure.Seconds is { } lasting ? PriceEmitter.EmitInput(writer, endpoint, lasting) : "null";
        var count = measure.Count is { } number ? PriceEmitter.EmitInput(writer, endpoint, number) : "null";
        var more = string.Join(", ", measure.PerhapsEach.Select(input => PriceEmitter.EmitInput(writer, endpoint, input)));
        var perhaps = more.Length == 0 ? "" : $", perhapsEach: new[] {{ {more} }}";
        using (writer.Block("do"))
        {
            foreach (var list in measure.Parts)
            {
                writer.Lines($$"""
                    if ({{ObjectEmitter.Value(endpoint.Request, list)}} is { Count: > 0 })
                        rules.HasParts({{Literals.String(list.JsonName)}}, price);
                    """);
            }
            writer.Line($"rules.Add(price, {seconds}, {count}{(measure.IsSingle ? ", isSingle: true" : "")}{perhaps});");
        }
        writer.Lines("""
            while (rules.Next());
            return rules.Estimate();
            """);
    }
}
