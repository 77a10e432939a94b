namespace Zoetrope.Generator.Emit;

/// <summary>A file to add to the compilation.</summary>
/// <param name="HintName">Its name.</param>
/// <param name="Text">Its content.</param>
internal sealed record GeneratedSource(string HintName, string Text);
