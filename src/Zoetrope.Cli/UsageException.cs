using Zoetrope.Cli.Input;

namespace Zoetrope.Cli;

/// <summary>The command line or the request is wrong, in one or several ways. Nothing was sent.</summary>
internal sealed class UsageException : Exception
{
    /// <summary>One problem.</summary>
    public UsageException(string problem)
        : this([problem])
    {
    }

    /// <summary>Several problems, each a line, and what may help with them.</summary>
    public UsageException(IReadOnlyList<string> problems, IReadOnlyList<string>? hints = null)
        : this([.. problems.Select(InputProblem.Read)], hints)
    {
    }

    /// <summary>Several problems with their paths and rules, and what may help with them.</summary>
    public UsageException(IReadOnlyList<InputProblem> details, IReadOnlyList<string>? hints = null)
        : base(string.Join("; ", details))
    {
        Details = details;
        Hints = hints ?? [];
    }

    /// <summary>The problems, one a line.</summary>
    public IReadOnlyList<string> Problems => [.. Details.Select(detail => detail.ToString())];

    /// <summary>The problems with their paths and rules.</summary>
    public IReadOnlyList<InputProblem> Details { get; }

    /// <summary>What may help, one a line.</summary>
    public IReadOnlyList<string> Hints { get; }

    /// <summary>The word for the error.</summary>
    public string Code { get; init; } = ErrorCode.Usage;
}
