using Zoetrope.Generator.Types;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Operations;

/// <summary>What an API posts to its users.</summary>
/// <param name="Class">The class whose methods read it.</param>
/// <param name="All">The webhooks.</param>
internal sealed record BoundWebhooks(string Class, EquatableArray<BoundWebhook> All);

/// <summary>A webhook.</summary>
/// <param name="Name">The name of its method, without <c>Read</c>.</param>
/// <param name="Title">What the document calls it.</param>
/// <param name="Type">What is posted.</param>
/// <param name="Description">When it is posted.</param>
/// <param name="Pointer">Its location.</param>
internal sealed record BoundWebhook(string Name, string Title, TypeRef Type, string Description, string Pointer);
