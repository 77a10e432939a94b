using Zoetrope.Cli.Input;
using Zoetrope.Jobs;

namespace Zoetrope.Cli;

/// <summary>What went wrong, as it is reported: in lines for people, or as one JSON object for programs.</summary>
/// <param name="Code">The word for it, of <see cref="ErrorCode"/>.</param>
/// <param name="ExitCode">The exit code, of <see cref="Cli.ExitCode"/>.</param>
/// <param name="Problems">What is wrong, each a line.</param>
internal sealed record ErrorReport(string Code, int ExitCode, IReadOnlyList<InputProblem> Problems)
{
    /// <summary>One problem in words.</summary>
    public ErrorReport(string code, int exitCode, string message)
        : this(code, exitCode, [new InputProblem("", message)])
    {
    }

    /// <summary>What may help, each a line.</summary>
    public IReadOnlyList<string> Hints { get; init; } = [];

    /// <summary>The job that may have been paid for; null where none is known.</summary>
    public JobHandle? Handle { get; init; }

    /// <summary>Whether lines for people end with how the job is resumed.</summary>
    public bool SaysHowToResume { get; init; }
}
