using static Nabla.Blank;

namespace Nabla.Lessons;

internal static class LessonD7
{
    private const string Program =
        "x = [[1, 2]]\nW1 = [[0.5, -0.5], [0.25, 0.25]]\nb1 = [0, 0.5]\nW2 = [[1], [-2]]\nb2 = [0.5]\ny = 1\n"
        + "a1 = x @ W1\nh1 = a1 + b1\nz1 = sigmoid(h1)\na2 = z1 @ W2\nz2 = a2 + b2\nr = z2 - y\nLoss = sum(r^2)";

    public static Lesson Lesson { get; } = new(
        "D7",
        new("A two-layer network", "2층 신경망"),
        new("Every intermediate value and every gradient of a whole network, from the loss back to the input.",
            "신경망 전체의 중간값과 기울기를 손실에서 입력까지 빠짐없이 따라갑니다."),
        new TextSection(
            """
            Here everything so far comes together: affine layer, sigmoid, affine layer, squared error. **h₁ = x·W₁ + b₁, z₁ = σ(h₁), z₂ = z₁·W₂ + b₂, Loss = (z₂ − y)²**. Forward, each
            line uses the one before it.

            Backward, each line has its local gradient, and we meet them in the opposite order: ∂Loss/∂z₂ = 2(z₂ − y); ∂z₂/∂z₁ = W₂ᵀ; ∂z₁/∂h₁ = z₁∘(1 − z₁), element by element;
            ∂h₁/∂x = W₁ᵀ.

            The gradient with respect to h₁ is worth a name of its own, for it is all that the first layer needs: ∂W₁ = xᵀ · ∂h₁ and ∂b₁ = ∂h₁. The next layer below would take it from
            there. In a network of a hundred layers each does just what you see here.
            """,
            """
            지금까지 배운 것이 여기서 모두 만납니다. 아핀 계층, 시그모이드, 아핀 계층, 제곱 오차입니다. **h₁ = x·W₁ + b₁, z₁ = σ(h₁), z₂ = z₁·W₂ + b₂, Loss = (z₂ − y)²**.
            순전파에서는 줄마다 바로 앞줄의 값을 씁니다.

            역전파에서는 줄마다 국소 기울기가 있고, 우리는 반대 순서로 만납니다. ∂Loss/∂z₂ = 2(z₂ − y), ∂z₂/∂z₁ = W₂ᵀ, ∂z₁/∂h₁ = z₁∘(1 − z₁)(원소마다), ∂h₁/∂x =
            W₁ᵀ입니다.

            h₁에 대한 기울기는 따로 기억해 둘 만합니다. 첫 계층에 필요한 것이 이것뿐이기 때문입니다. ∂W₁ = xᵀ · ∂h₁, ∂b₁ = ∂h₁입니다. 아래에 계층이 더 있다면
            거기서부터 이어 갑니다. 계층이 백 개여도 저마다 하는 일은 여기서 본 것과 같습니다.
            """),
        new GraphSection(Program),
        new TableSection([new("gradient", "기울기"), new("rule", "규칙"), new("by the rule", "규칙으로 구한 값"), new("by backpropagation", "역전파로 구한 값")], Rules),
        new CodeSection("D7"),
        new QuizSection(
            "quiz-1",
            new("If z₂ happens to equal y, what is the gradient of W₁?", "마침 z₂가 y와 같다면 W₁의 기울기는 무엇일까요?"),
            [
                new("The same as always", "언제나와 같습니다"),
                new("All zeros", "모두 0입니다"),
                new("All ones", "모두 1입니다"),
            ],
            right: 1,
            new("2(z₂ − y) = 0 is the first factor of every gradient in the network.", "2(z₂ − y) = 0이 신경망의 모든 기울기에 첫 인수로 곱해집니다.")),
        new ExerciseSection(
            "exercise-1",
            new("Follow the whole network, forward and back. Three digits are enough.", "신경망 전체를 앞뒤로 따라가 보세요. 세 자리까지만 쓰면 됩니다."),
            Program,
            Value("h1", 0), Value("h1", 1), Value("z1", 0), Value("z1", 1), Value("z2"), Value("Loss"), Upstream("z2"), Downstream("W2", 0),
            Upstream("z1", 0), Upstream("z1", 1), Upstream("h1", 0), Upstream("h1", 1), Downstream("b1", 1), Downstream("W1", 2), Downstream("x", 0)));

    private static IEnumerable<BilingualText[]> Rules()
    {
        ExpressionResult network = Expression.Parse(Program).Evaluate();
        GraphView view = network.View();
        (Tensor x, Tensor w1, Tensor w2, Tensor y) = (network.Inputs["x"], network.Inputs["W1"], network.Inputs["W2"], network.Inputs["y"]);
        Tensor z1 = Of("z1", [1, 2]), z2 = Of("z2", [1, 1]);
        Tensor dz2 = 2 * (z2 - y), dz1 = dz2.MatMul(w2, transposeRight: true), dh1 = dz1 * z1 * (1 - z1);
        yield return Row("z2", "2(z₂ − y)", dz2);
        yield return Row("W2", "z₁ᵀ · ∂z₂", z1.MatMul(dz2, transposeLeft: true));
        yield return Row("b2", "∂z₂", dz2.Reshape([1]));
        yield return Row("z1", "∂z₂ · W₂ᵀ", dz1);
        yield return Row("h1", "∂z₁ ∘ z₁ ∘ (1 − z₁)", dh1);
        yield return Row("W1", "xᵀ · ∂h₁", x.MatMul(dh1, transposeLeft: true));
        yield return Row("b1", "∂h₁", dh1.Reshape([2]));
        yield return Row("x", "∂h₁ · W₁ᵀ", dh1.MatMul(w1, transposeRight: true));

        Tensor Of(string name, Shape shape) => Tensor.From<double>(view.ValueOf(view.Node(name).Id), shape);

        BilingualText[] Row(string name, string rule, Tensor byRule)
        {
            ViewNode node = view.Node(name);
            return [$"∂{name}", rule, Written.Text(byRule, 5), Written.Text(Tensor.From<double>(view.GradientOf(node.Id), node.Shape), 5)];
        }
    }
}
