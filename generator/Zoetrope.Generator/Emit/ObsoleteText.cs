using Zoetrope.Generator.Diagnostics;

namespace Zoetrope.Generator.Emit;

/// <summary>
/// Writes the attribute of what is deprecated. Its id is our own, so that builds that treat warnings as errors go on, and one can turn it off.
/// </summary>
internal static class ObsoleteText
{
    /// <summary>What generated code, which reads and writes everything, begins with.</summary>
    public static readonly string Pragma = $"#pragma warning disable {GeneratorProblems.DeprecatedUse.Id}";

    /// <summary>The attribute; null where there is nothing to say.</summary>
    public static string? Attribute(string? message) => message is null
        ? null
        : $"[global::System.Obsolete({Literals.String(message)}, DiagnosticId = \"{GeneratorProblems.DeprecatedUse.Id}\")]";
}
