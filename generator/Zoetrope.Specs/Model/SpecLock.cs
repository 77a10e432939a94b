namespace Zoetrope.Specs.Model;

/// <summary><c>specs.lock.json</c>.</summary>
/// <param name="Files">Origin, date and checksum of each vendored file.</param>
/// <param name="Names">Names assigned so far.</param>
public sealed record SpecLock(EquatableArray<LockedFile> Files, EquatableArray<LockedName> Names)
{
    /// <summary>The members beside <c>files</c> and <c>names</c>, in their order. None by default.</summary>
    public EquatableArray<UnknownMember> Unknown { get; init; }
}
