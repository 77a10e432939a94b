using Zoetrope.Json;
using Zoetrope.Validation;

namespace Zoetrope.Models;

/// <summary>The input of a model: a JSON model that can be validated.</summary>
/// <typeparam name="TSelf">The implementing type.</typeparam>
public interface IModelRequest<TSelf> : IJsonModel<TSelf>, IValidatable
    where TSelf : class, IModelRequest<TSelf>;
