using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Jobs;

/// <summary>A request for the result.</summary>
/// <param name="Request">The request.</param>
/// <param name="Fields">The values of its response.</param>
/// <param name="IsFile">Whether the response is the file itself.</param>
public sealed record ResultRequest(RequestTemplate Request, EquatableArray<FieldPointer> Fields, bool IsFile);
