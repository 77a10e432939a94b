using Zoetrope.Generator.Endpoints;

namespace Zoetrope.Generator.Pipeline;

/// <summary>A model of the project that a referenced assembly has too: the same name on the same client.</summary>
/// <param name="Member">The project's own.</param>
/// <param name="HasAlias">Whether its name alone can stand for it in the whole project: no code gives the name another meaning.</param>
/// <param name="IsAboveAll">Whether all others give way to it.</param>
internal sealed record OwnModel(ClientMember Member, bool HasAlias, bool IsAboveAll);
