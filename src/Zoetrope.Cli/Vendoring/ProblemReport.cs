using System.Globalization;
using Zoetrope.Cli.Output;
using Zoetrope.Generator.Diagnostics;
using Zoetrope.Specs.Diagnostics;

namespace Zoetrope.Cli.Vendoring;

/// <summary>Problems of documents, as compilers print them.</summary>
/// <param name="problems">The problems.</param>
/// <param name="warnAsError">Whether warnings count as errors.</param>
/// <param name="except">The kind of warning that stays one all the same; null by default.</param>
internal sealed class ProblemReport(IReadOnlyList<LocatedProblem> problems, bool warnAsError, ProblemKind? except = null)
{
    /// <summary>Whether there is an error among them.</summary>
    public bool HasErrors => problems.Any(problem => SeverityOf(problem) == ProblemSeverity.Error);

    /// <summary>Prints them, one a line.</summary>
    public void Print(TextWriter output)
    {
        foreach (var problem in problems)
            output.Write($"{Line(problem)}\n");
        output.Flush();
    }

    /// <summary>How many there are in so many documents.</summary>
    public string Summary(int documents)
    {
        var errors = problems.Count(problem => SeverityOf(problem) == ProblemSeverity.Error);
        var warnings = problems.Count(problem => SeverityOf(problem) == ProblemSeverity.Warning);
        return $"{Count(errors, "error")}, {Count(warnings, "warning")} in {Count(documents, "document")}.";
    }

    private static string Count(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");

    private string Line(LocatedProblem problem)
    {
        var severity = SeverityOf(problem) switch
        {
            ProblemSeverity.Error => "error",
            ProblemSeverity.Warning => "warning",
            _ => "info",
        };
        var place = problem.Path.Length == 0
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $"{problem.Path}({problem.Start.Line},{problem.Start.Column}): ");
        return Printable.Of($"{place}{severity} {problem.Kind.Id}: {problem.Message}");
    }

    private ProblemSeverity SeverityOf(LocatedProblem problem) =>
        warnAsError && problem.Kind.Severity == ProblemSeverity.Warning && problem.Kind != except ? ProblemSeverity.Error : problem.Kind.Severity;
}
