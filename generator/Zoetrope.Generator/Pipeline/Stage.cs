using Zoetrope.Generator.Diagnostics;
using Zoetrope.Generator.Emit;
using Zoetrope.Generator.Endpoints;
using Zoetrope.Generator.Flows;
using Zoetrope.Generator.Inputs;
using Zoetrope.Specs;
using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Pipeline;

/// <summary>A file that was read, with its problems.</summary>
/// <param name="File">The file.</param>
/// <param name="Document">What it says, or null.</param>
/// <param name="Problems">What is wrong with it.</param>
internal sealed record Reading(SpecFile File, SpecDocument? Document, EquatableArray<SpecProblem> Problems);

/// <summary>What all stages share. A failure inside one becomes a diagnostic at its document, so that one document never takes the others with it.</summary>
internal static class Stage
{
    /// <summary>The first stage: reads a file.</summary>
    public static Reading Read(SpecFile file, CancellationToken cancellationToken)
    {
        try
        {
            var reading = SpecReader.Read(file.Text, file.Provider, cancellationToken);
            return new(file, WithRules(reading.Document, file.Rules), reading.Problems.Concat(ItemProblems(file)).ToEquatableArray());
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return new(file, null, new([new SpecProblem(GeneratorProblems.Failure, "", 0, 0, new(["read it", Describe(exception)]))]));
        }
    }

    /// <summary>Runs a stage.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="action">What it does, for the message of a failure: "merged the documents of …".</param>
    /// <param name="path">The document, or empty.</param>
    public static Outcome<T> Guard<T>(Func<Outcome<T>> stage, string action, string path)
        where T : class, IEquatable<T>
    {
        try
        {
            return stage();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return new(null, new([PlacedProblem.Of(GeneratorProblems.Failure, new(path, ""), action, Describe(exception))]));
        }
    }

    /// <summary>What the stage made.</summary>
    public static FlowValues<T> Values<T>(this FlowValues<Outcome<T>> outcomes)
        where T : class, IEquatable<T> => outcomes.Choose(static outcome => outcome.Value);

    /// <summary>Each model with the options of its code, where code can be written at all.</summary>
    /// <param name="models">The models.</param>
    /// <param name="emitOptions">How code is written.</param>
    /// <param name="firm">The full names of models whose members do not give way to others.</param>
    /// <param name="shape">The classes of a model.</param>
    public static FlowValues<Pair<T, EmitOptions>> WithOptions<T>(
        this FlowValues<T> models, FlowValue<EmitOptions> emitOptions, FlowValue<EquatableArray<string>> firm, Func<T, BoundEndpoint> shape) => models
        .Combine(firm)
        .Combine(emitOptions)
        .Where(static all => all.Right.CanEmit)
        .Select((all, _) => new Pair<T, EmitOptions>(all.Left.Left, all.Right.WithFirm(all.Left.Right.Contains(shape(all.Left.Left).QualifiedName))));

    /// <summary>What the stage found.</summary>
    public static FlowValues<EquatableArray<PlacedProblem>> Problems<T>(this FlowValues<Outcome<T>> outcomes)
        where T : class, IEquatable<T> =>
            outcomes.SelectMany(static (outcome, _) => outcome.Problems.Count > 0 ? [outcome.Problems] : Array.Empty<EquatableArray<PlacedProblem>>());

    /// <summary>What is wrong with the item of a document in the project file.</summary>
    private static IEnumerable<SpecProblem> ItemProblems(SpecFile file)
    {
        if (file.BadNamespace is { } bad)
            yield return GeneratorProblems.BadNamespace.At(0, 0, bad, "Namespace of its ZoetropeSpec item");
        if (file.BadName is { } name)
            yield return GeneratorProblems.BadApiName.At(0, 0, name);
        if (file.BadRules is { } rules)
            yield return GeneratorProblems.BadRules.At(0, 0, rules);
    }

    /// <summary>A document with what the project wants made of its rules in words.</summary>
    private static SpecDocument? WithRules(SpecDocument? document, RuleMode rules) => document is null || rules == RuleMode.Safe ? document : document with
    {
        Endpoint = document.Endpoint is { } endpoint ? endpoint with { Rules = rules } : null,
        Api = document.Api is { } api ? api with { Rules = rules } : null,
    };

    private static string Describe(Exception exception) => exception.GetType().Name + ": " + exception.Message;
}
