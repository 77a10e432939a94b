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
        : base(string.Join("; ", problems))
    {
        Problems = problems;
        Hints = hints ?? [];
    }

    /// <summary>The problems, one a line.</summary>
    public IReadOnlyList<string> Problems { get; }

    /// <summary>What may help, one a line.</summary>
    public IReadOnlyList<string> Hints { get; }
}
