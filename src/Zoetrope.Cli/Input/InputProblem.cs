using Zoetrope.Validation;

namespace Zoetrope.Cli.Input;

/// <summary>Something wrong with what the user gave as input.</summary>
/// <param name="Path">The parameter, or the option; empty for the whole.</param>
/// <param name="Message">What is wrong, without the path.</param>
internal sealed record InputProblem(string Path, string Message)
{
    /// <summary>Whether the model has no such parameter.</summary>
    public bool IsUnknownName { get; init; }

    /// <summary>The rule of the model that is violated; null for other problems.</summary>
    public ValidationRule? Rule { get; init; }

    /// <summary>An issue of a model's validation.</summary>
    public static InputProblem Of(ValidationIssue issue) => new(issue.Path, issue.Message) { Rule = issue.Rule };

    /// <summary>Reads a line such as <c>--timeout: must be more than 0</c>: what precedes the colon is the path where it is an option or an argument.</summary>
    public static InputProblem Read(string line)
    {
        var colon = line.IndexOf(": ", StringComparison.Ordinal);
        return colon > 1 && line[..colon] is var name && (IsOption(name) || name.All(char.IsAsciiLetterUpper))
            ? new(name, line[(colon + 2)..])
            : new("", line);
    }

    /// <summary>The path and the message.</summary>
    public override string ToString() => Path.Length == 0 ? Message : $"{Path}: {Message}";

    private static bool IsOption(string name) =>
        name.StartsWith("--", StringComparison.Ordinal) && name.All(letter => letter == '-' || char.IsAsciiLetterLower(letter));
}
