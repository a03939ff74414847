using Nabla.Views;

namespace Nabla;

/// <summary>Seeing the graph behind a tensor.</summary>
public static class ViewExtensions
{
    extension(Tensor result)
    {
        /// <summary>The graph behind this result, told step by step with its numbers; print it.</summary>
        /// <param name="language">Of the texts.</param>
        /// <exception cref="InvalidOperationException">A cell was assigned since the forward pass.</exception>
        public Explanation Explain(Language language = Language.English) => Explanation.Of(result, language);

        /// <summary>Writes the graph behind this result to a file; the ending of its name says how: .html, .json, .dot, .mmd or .svg.</summary>
        /// <param name="path">The file, replaced if it is there.</param>
        /// <param name="language">Of the texts in .html and .svg.</param>
        /// <exception cref="ArgumentException">The name ends in something else.</exception>
        /// <exception cref="InvalidOperationException">A cell was assigned since the forward pass.</exception>
        public void SaveGraph(string path, Language language = Language.English) => GraphView.Of(result).Save(path, language);

        /// <summary>Each gradient of this result beside its central difference, (f(x + h) − f(x − h)) / 2h, got by running the graph again.</summary>
        /// <remarks>A result of several elements stands for their sum. At most 64 elements of each leaf are moved.</remarks>
        /// <exception cref="InvalidOperationException">The result has no gradients, or a cell was assigned since the forward pass.</exception>
        public NumericCheck CheckGradients() => Replay.Check(result);

        /// <summary>
        /// Gradient descent on this result: runs the graph again and again, each time with the values moved against their gradients.
        /// </summary>
        /// <param name="learningRate">How far: new = old − learning rate × gradient.</param>
        /// <param name="steps">How often, at least 0.</param>
        /// <param name="moved">The leaves that move; all inputs and parameters if empty.</param>
        /// <returns>The values before the first step and after each. Nothing that exists changes.</returns>
        /// <exception cref="InvalidOperationException">The result has no gradients, or a cell was assigned since the forward pass.</exception>
        public Descent Descend(double learningRate, int steps = 1, params ReadOnlySpan<Tensor> moved) =>
            Replay.Descend(result, learningRate, steps, moved);
    }

    extension(Node node)
    {
        /// <summary>How the output answers to one of the inputs, at the values of this forward pass: the factor by which backward multiplies.</summary>
        /// <param name="input">Which input, from 0.</param>
        /// <returns>
        /// Element by element for an elementwise operation, as the gradient where the output is one number, as a Jacobian up to 64 entries; null where
        /// no gradient flows to that input or the Jacobian is larger.
        /// </returns>
        /// <exception cref="ArgumentOutOfRangeException">The operation has no such input.</exception>
        /// <exception cref="InvalidOperationException">A cell was assigned since the forward pass.</exception>
        public LocalGradient? LocalGradient(int input)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(input);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(input, node.Inputs.Length);
            node.EnsureUnchanged();
            return LocalGradients.Of(node, input);
        }
    }
}
