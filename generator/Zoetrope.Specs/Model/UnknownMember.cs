namespace Zoetrope.Specs.Model;

/// <summary>A member without a meaning here, of a newer version or added by hand. It is kept when the file is written.</summary>
/// <param name="Name">Its name as it is spelled, with its quotes.</param>
/// <param name="Value">Its value as it is spelled, with LF as line breaks.</param>
/// <param name="Before">The next known member; null where none follows.</param>
public sealed record UnknownMember(string Name, string Value, string? Before);
