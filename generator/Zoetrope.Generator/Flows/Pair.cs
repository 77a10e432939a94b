namespace Zoetrope.Generator.Flows;

/// <summary>
/// Two values of the pipeline side by side. It is a class because the pipeline nests them: the native compiler would make code of its own for each depth of
/// nested tuples, and there is no last one.
/// </summary>
/// <param name="Left">The first.</param>
/// <param name="Right">The second.</param>
internal sealed record Pair<TLeft, TRight>(TLeft Left, TRight Right);
