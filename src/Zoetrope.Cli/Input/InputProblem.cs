namespace Zoetrope.Cli.Input;

/// <summary>Something wrong with what the user gave as input.</summary>
/// <param name="Path">The parameter, or the option.</param>
/// <param name="Message">What is wrong, without the path.</param>
internal sealed record InputProblem(string Path, string Message)
{
    /// <summary>Whether the model has no such parameter.</summary>
    public bool IsUnknownName { get; init; }

    /// <summary>The path and the message.</summary>
    public override string ToString() => $"{Path}: {Message}";
}
