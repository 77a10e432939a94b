using Zoetrope.Generator.Types;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Operations;

/// <summary>A class whose members are sent one by one.</summary>
/// <param name="Model">The class.</param>
/// <param name="Fields">How each of its properties is sent, in their order.</param>
internal sealed record BoundMembers(BoundObject Model, EquatableArray<BoundField> Fields);

/// <summary>How a member of a form is sent.</summary>
/// <param name="Name">The name that is sent.</param>
/// <param name="Parameter">The parameter that it is; null for a part of a body.</param>
/// <param name="MediaType">The media type that the document states for a part.</param>
/// <param name="Style">The style that the document states for a part, or null.</param>
internal sealed record BoundField(string Name, OperationParameter? Parameter, string? MediaType, PartStyle? Style = null);
