using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Types;

/// <summary>An open enum over string.</summary>
/// <param name="Name">Its C# name.</param>
/// <param name="Key">What it is called in the lock file.</param>
/// <param name="Summary">What it is.</param>
/// <param name="Values">The known values.</param>
internal sealed record BoundEnum(string Name, string Key, string Summary, EquatableArray<BoundValue> Values);
