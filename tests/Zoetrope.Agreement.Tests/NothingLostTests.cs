using System.Text.Json;
using FsCheck.Fluent;

namespace Zoetrope.Agreement.Tests;

/// <summary>
/// Whatever is in JSON survives being read and written: unknown values, members and alternatives, values of other types than declared, numbers of any size.
/// </summary>
public class NothingLostTests
{
    [Theory]
    [InlineData(CompiledModels.Vendored, 60)]
    [InlineData(CompiledModels.Forms, 200)]
    [InlineData(CompiledModels.Corpus, 3)]
    [InlineData(CompiledModels.Apis, 1)]
    public void Odd_JSON_survives(string source, int count) => Runs.Over(CompiledModels.Of(source), count, (endpoint, seed) =>
    {
        foreach (var (schema, code) in new[] { (endpoint.Judge.Request, endpoint.Request), (endpoint.Judge.Result ?? endpoint.Judge.Request, endpoint.Result) })
        {
            var maker = new InstanceMaker(schema.View, Runs.Random(endpoint, seed), null);
            if (!maker.TryMake(schema.Node, out var instance) || instance is null || !code.Reads(instance))
                continue;
            string? lost = null;
            var property = Prop.ForAll(Noise.Several, noises =>
            {
                var json = Noise.Into(instance, maker.Locations, noises);
                return Lost(code, json) is not { } difference || Keep(ref lost, $"{code.Type.Name}: {difference}\n    {json}");
            });
            try
            {
                property.CheckSeeded(4, seed);
            }
            catch (Exception) when (lost is not null)
            {
                return lost;
            }
        }
        return null;
    });

    [Theory]
    [InlineData(CompiledModels.Vendored)]
    [InlineData(CompiledModels.Forms)]
    [InlineData(CompiledModels.Corpus)]
    [InlineData(CompiledModels.Apis)]
    public void What_a_model_cannot_hold_is_refused_as_documented(string source) => Runs.Over(CompiledModels.Of(source), 1, (endpoint, _) =>
    {
        foreach (var json in new[] { "{", "[1", "{\"a\":}", "", "{} {}", "{\"\\ud800\":1}", "{\"shape\":{\"kind\":\"\\ud800\"}}" })
        {
            foreach (var code in new[] { endpoint.Request, endpoint.Result })
            {
                try
                {
                    var back = code.RoundTrip(json);
                    if (JsonSame.Difference(json, back) is { } lost)
                        return lost;
                }
                catch (JsonException)
                {
                    // As documented.
                }
            }
        }
        return null;
    });

    private static string? Lost(ModelCode code, string json)
    {
        try
        {
            return JsonSame.Difference(json, code.RoundTrip(json));
        }
        catch (Exception exception)
        {
            // Nothing may be thrown here: the JSON is an object and its names are Unicode.
            return exception.ToString();
        }
    }

    private static bool Keep(ref string? kept, string text)
    {
        kept = text;
        return false;
    }
}
