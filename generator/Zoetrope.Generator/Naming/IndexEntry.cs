namespace Zoetrope.Generator.Naming;

/// <summary>A class that an index lists.</summary>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Its name.</param>
internal sealed record IndexEntry(string Namespace, string Name);
