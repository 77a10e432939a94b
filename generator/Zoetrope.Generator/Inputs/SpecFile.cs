using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Inputs;

/// <summary>A document that the project names as <c>ZoetropeSpec</c>.</summary>
/// <param name="Path">Its path as the compiler has it; diagnostics show it.</param>
/// <param name="Provider">The provider that the project states, or null.</param>
/// <param name="Namespace">The namespace of what is generated from it, or null for the project's default.</param>
/// <param name="IsReference">Whether its types are in a referenced assembly.</param>
/// <param name="Text">The document.</param>
/// <param name="BadNamespace">What the project states as the namespace and is none, or null.</param>
/// <param name="Name">The name that the project states for an API, or null.</param>
/// <param name="BadName">What the project states as that name and is none, or null.</param>
/// <param name="Rules">What the project wants made of rules in words.</param>
/// <param name="BadRules">What the project states as that and is not a mode, or null.</param>
internal sealed record SpecFile(
    string Path, string? Provider, string? Namespace, bool IsReference, string Text, string? BadNamespace = null, string? Name = null, string? BadName = null,
    RuleMode Rules = RuleMode.Safe, string? BadRules = null);

/// <summary>A document that was read. It has no positions, so that an edit of white space changes nothing.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Namespace">The namespace that the project states for it, or null.</param>
/// <param name="IsReference">Whether its types are in a referenced assembly.</param>
/// <param name="Document">What it says.</param>
/// <param name="Name">The name that the project states for an API, or null.</param>
internal sealed record ParsedSpec(string Path, string? Namespace, bool IsReference, SpecDocument Document, string? Name = null)
{
    /// <summary>What no other document has: its path, and of several models in one document the id too.</summary>
    public string Key => Document.Endpoint is { Client: not null } endpoint ? Path + "#" + endpoint.Id : Path;

    /// <summary>The path in one spelling on all systems, to sort by.</summary>
    public string SortKey => Path.Replace('\\', '/');

    /// <summary>The file's name, which is all of the path that generated code may show: folders differ between machines.</summary>
    public static string NameOf(string path) => path.Substring(path.LastIndexOfAny(['/', '\\']) + 1);
}
