using Zoetrope.Generator.Inputs;
using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Diagnostics;

/// <summary>A problem with its position: what is reported. Lines and columns are counted from 1.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Message">The message.</param>
/// <param name="Path">The document; empty for problems of no document.</param>
/// <param name="Range">Where in its text.</param>
/// <param name="Start">The line and column of its first character.</param>
/// <param name="End">The line and column behind its last character.</param>
public sealed record LocatedProblem(ProblemKind Kind, string Message, string Path, TextRange Range, (int Line, int Column) Start, (int Line, int Column) End);

/// <summary>Finds the positions of problems. Only this last step knows them. Each document is read once, however many problems it has.</summary>
internal static class ProblemLocator
{
    /// <summary>Positions the problems that reading found.</summary>
    public static EquatableArray<LocatedProblem> Locate(SpecFile file, EquatableArray<SpecProblem> problems)
    {
        var locations = new FileLocations(file);
        return problems.Select(
            problem => locations.At(problem.Kind, problem.Message, problem.Start >= 0 ? new(problem.Start, problem.Length) : locations.Find(problem.Pointer)))
            .ToEquatableArray();
    }

    /// <summary>Positions the problems that merging and binding found.</summary>
    public static EquatableArray<LocatedProblem> Locate(PlacedProblems problems)
    {
        var located = new List<LocatedProblem>();
        var documents = new DocumentLocations(problems.Files);
        foreach (var problem in problems.Problems)
        {
            var arguments = problem.Other is { } other ? problem.Arguments.Append(Describe(other)).ToEquatableArray() : problem.Arguments;
            var message = new SpecProblem(problem.Kind, "", 0, 0, arguments).Message;
            located.Add(documents.Of(problem.At.Path) is { } locations
                ? locations.At(problem.Kind, message, RangeOf(locations, problem))
                : new(problem.Kind, message, problem.At.Path, default, (1, 1), (1, 1)));
        }
        // A schema is bound where each of its uses is, and a sentence may state several rules that are not enforced for one reason.
        return located.Distinct().ToEquatableArray();

        // Rules are located at the sentence of the description that states them, which the first argument is.
        static TextRange RangeOf(FileLocations locations, PlacedProblem problem)
        {
            var range = locations.Find(problem.At.Pointer);
            var isOfSentence = problem.Kind == GeneratorProblems.RuleNotEnforced || problem.Kind == GeneratorProblems.RuleNotEnforcedStrictly;
            return isOfSentence && problem.Arguments.Count > 0 ? locations.Within(range, problem.Arguments[0]) : range;
        }

        string Describe(SpecLocation place) => ParsedSpec.NameOf(place.Path) + documents.Of(place.Path)?.Describe(place.Pointer);
    }
}
