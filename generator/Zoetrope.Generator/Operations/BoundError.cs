using Zoetrope.Generator.Types;

namespace Zoetrope.Generator.Operations;

/// <summary>What errors of some statuses are.</summary>
/// <param name="From">The first status.</param>
/// <param name="To">The last status.</param>
/// <param name="Type">The object; null where the document describes none for them, although it does for the statuses around.</param>
internal sealed record BoundError(int From, int To, TypeRef? Type);
