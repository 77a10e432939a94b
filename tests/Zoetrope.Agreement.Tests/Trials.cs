using System.Text.Json.Nodes;

namespace Zoetrope.Agreement.Tests;

/// <summary>Holds generated code against its documents, over many instances; what differs without an entry in <see cref="Differences"/> fails.</summary>
internal static class Trials
{
    /// <summary>Instances of the documents' own examples and defaults.</summary>
    public static void OfExamples(CompiledModels models, int count) => Runs.Over(models, count, (endpoint, seed) =>
    {
        foreach (var (schema, code, isRequest) in Sides(endpoint))
        {
            var maker = new InstanceMaker(schema.View, Runs.Random(endpoint, seed), seed);
            if (!maker.TryMake(schema.Node, out var example) || !code.Reads(example))
                continue;
            if (Lost(code, example) is { } lost)
                return lost;
            if (isRequest && Verdicts.Compare(endpoint, example, out _) is { } difference)
                return $"{difference}\n    {example?.ToJsonString()}";
        }
        return null;
    });

    /// <summary>Instances that schemas allow: how many could be made, and how many of them the judge takes too.</summary>
    public static (int Made, int Valid) OfValid(CompiledModels models, int count)
    {
        var (made, valid) = (0, 0);
        Runs.Over(models, count, (endpoint, seed) =>
        {
            foreach (var (schema, code, isRequest) in Sides(endpoint))
            {
                if (!new InstanceMaker(schema.View, Runs.Random(endpoint, seed), null).TryMake(schema.Node, out var instance) || !code.Reads(instance))
                    continue;
                Interlocked.Increment(ref made);
                if (Lost(code, instance) is { } lost)
                    return lost;
                var isValid = false;
                if (isRequest && Verdicts.Compare(endpoint, instance, out isValid) is { } difference)
                    return $"{difference}\n    {instance?.ToJsonString()}";
                if (isValid || (!isRequest && schema.Findings(instance).All(Verdicts.IsExplained)))
                    Interlocked.Increment(ref valid);
            }
            return null;
        });
        return (made, valid);
    }

    /// <summary>Instances with one thing changed: how many, and how many of them the judge refuses.</summary>
    public static (int Tried, int Refused) OfChanged(CompiledModels models, int count)
    {
        var (tried, refused) = (0, 0);
        Runs.Over(models, count, (endpoint, seed) =>
        {
            var random = Runs.Random(endpoint, seed);
            var schema = endpoint.Judge.Request;
            var maker = new InstanceMaker(schema.View, random, null);
            if (!maker.TryMake(schema.Node, out var instance)
                || Mutations.Apply(instance, maker.Locations, random) is not JsonObject changed
                || !endpoint.Request.Reads(changed))
                return null;
            Interlocked.Increment(ref tried);
            var isValid = true;
            if (endpoint.IsValidated && Verdicts.Compare(endpoint, changed, out isValid) is { } difference)
                return $"{difference}\n    {changed.ToJsonString()}";
            if (!isValid)
                Interlocked.Increment(ref refused);
            return Lost(endpoint.Request, changed);
        });
        return (tried, refused);
    }

    private static IEnumerable<(JudgedSchema Schema, ModelCode Code, bool IsRequest)> Sides(AgreedEndpoint endpoint)
    {
        yield return (endpoint.Judge.Request, endpoint.Request, endpoint.IsValidated);
        if (endpoint.Judge.Result is { } result)
            yield return (result, endpoint.Result, false);
    }

    private static string? Lost(ModelCode code, JsonNode? instance)
    {
        var json = instance?.ToJsonString() ?? "null";
        return JsonSame.Difference(json, code.RoundTrip(json)) is { } lost ? $"{code.Type.Name}: {lost}\n    {json}" : null;
    }
}
